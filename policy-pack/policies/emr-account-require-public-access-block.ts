import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const emrAccountRequirePublicAccessBlock = resourceRule({
  name: "emr-account-require-public-access-block",
  description: "EMR refuses clusters with public security groups.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("EMR.2")],
  remediationSteps: "Set blockPublicSecurityGroupRules to true.",
  url: "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html",
  ...requiring({
    type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
    path: ["blockPublicSecurityGroupRules"],
    accepts: [true],
    problem: "lets clusters have public security groups",
  }),
});
