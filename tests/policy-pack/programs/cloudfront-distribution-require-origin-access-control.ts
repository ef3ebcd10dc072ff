import { programsOf } from "../support/examples";
import { distribution } from "../support/well-built";

export const programs = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: {
    ...distribution,
    origins: [
      {
        originId: "images",
        domainName: "images.s3.us-east-1.amazonaws.com",
        originAccessControlId: "E1ABCDEFGHIJKL",
      },
    ],
  },
  wrong: [
    [
      { origins: [{ originId: "images", domainName: "images.s3.us-east-1.amazonaws.com" }] },
      'has the origin "images", which is a bucket without origin access control',
    ],
    [
      {
        origins: [
          {
            originId: "renderer",
            domainName: "abcdefghijklmnop.lambda-url.us-east-1.on.aws",
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
            },
          },
        ],
      },
      'has the origin "renderer", which is the URL of a function without origin access control',
    ],
  ],
  asks: { origins: "origins.domainName" },
});
