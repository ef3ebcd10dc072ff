import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/**
 * New clusters are encrypted unless a program says that they are not; what is stored in serverless
 * namespaces always is.
 */
export const redshiftClusterRequireEncryption = resourceRule({
  name: "redshift-cluster-require-encryption",
  description: "Redshift clusters are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Redshift.10")],
  remediationSteps: "Leave encrypted out, or set it to true.",
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html",
  ...requiring({
    type: "aws:redshift/cluster:Cluster",
    path: ["encrypted"],
    accepts: [true],
    byDefault: true,
    problem: "is not encrypted",
  }),
});
