import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    clean: { imageId: "ami-1", accountId: "123456789012" },
    alsoClean: [
      {
        accountId: undefined,
        organizationArn: "arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5",
      },
    ],
    wrong: [[{ accountId: undefined, group: "all" }, "shares an image with everybody"]],
  },
  {
    type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    clean: { state: "block-new-sharing" },
    wrong: [[{ state: "unblocked" }, "lets images be shared with everybody"]],
  },
  {
    type: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    clean: {
      distributions: [
        {
          region: "eu-west-1",
          amiDistributionConfiguration: { launchPermission: { userIds: ["123456789012"] } },
        },
      ],
    },
    wrong: [
      [
        {
          distributions: [
            {
              region: "eu-west-1",
              amiDistributionConfiguration: { launchPermission: { userGroups: ["all"] } },
            },
          ],
        },
        "shares an image with everybody",
      ],
    ],
  },
);
