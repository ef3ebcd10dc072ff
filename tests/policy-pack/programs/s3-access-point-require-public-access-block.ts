import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:s3/accessPoint:AccessPoint",
    clean: {
      bucket: "orders",
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    },
    alsoClean: [{ publicAccessBlockConfiguration: undefined }],
    wrong: [
      [
        {
          publicAccessBlockConfiguration: {
            blockPublicAcls: true,
            blockPublicPolicy: false,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
          },
        },
        "blocks public access without blockPublicPolicy",
      ],
    ],
    asks: {
      publicAccessBlockConfiguration:
        "publicAccessBlockConfiguration.blockPublicAcls, publicAccessBlockConfiguration.blockPublicPolicy, publicAccessBlockConfiguration.ignorePublicAcls, publicAccessBlockConfiguration.restrictPublicBuckets",
    },
  },
  {
    type: "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint",
    clean: {
      details: {
        name: "orders",
        publicAccessBlock: {
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
      },
    },
    alsoClean: [{ details: { name: "orders" } }],
    wrong: [
      [
        {
          details: {
            name: "orders",
            publicAccessBlock: {
              blockPublicAcls: true,
              blockPublicPolicy: true,
              ignorePublicAcls: false,
              restrictPublicBuckets: true,
            },
          },
        },
        "blocks public access without ignorePublicAcls",
      ],
    ],
    asks: {
      details:
        "details.publicAccessBlock.blockPublicAcls, details.publicAccessBlock.blockPublicPolicy, details.publicAccessBlock.ignorePublicAcls, details.publicAccessBlock.restrictPublicBuckets",
    },
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    clean: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    wrong: [
      [{ restrictPublicBuckets: false }, "blocks public access without restrictPublicBuckets"],
      [{ blockPublicAcls: undefined }, "blocks public access without blockPublicAcls"],
    ],
  },
);
