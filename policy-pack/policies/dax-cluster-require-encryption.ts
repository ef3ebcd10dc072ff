import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const daxClusterRequireEncryption = resourceRule({
  name: "dax-cluster-require-encryption",
  description: "DynamoDB Accelerator clusters are encrypted at rest.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("DynamoDB.3")],
  remediationSteps:
    "Set serverSideEncryption.enabled to true; a cluster in clear has to be replaced.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionAtRest.html",
  ...requiring({
    type: "aws:dax/cluster:Cluster",
    path: ["serverSideEncryption", "enabled"],
    accepts: [true],
    problem: "is not encrypted",
  }),
});
