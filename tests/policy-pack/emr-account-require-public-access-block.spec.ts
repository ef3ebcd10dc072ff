import { emrAccountRequirePublicAccessBlock as policy } from "../../policy-pack/policies/emr-account-require-public-access-block";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
  clean: { blockPublicSecurityGroupRules: true },
  wrong: [[{ blockPublicSecurityGroupRules: false }, "lets clusters have public security groups"]],
});
