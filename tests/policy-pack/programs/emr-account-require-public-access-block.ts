import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
  clean: { blockPublicSecurityGroupRules: true },
  wrong: [[{ blockPublicSecurityGroupRules: false }, "lets clusters have public security groups"]],
});
