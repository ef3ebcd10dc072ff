import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/** Elastic clusters are always encrypted. */
export const docdbClusterRequireEncryption = resourceRule({
  name: "docdb-cluster-require-encryption",
  description: "DocumentDB clusters are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("DocumentDB.1")],
  remediationSteps:
    "Set storageEncrypted to true; what is stored in clear has to be restored from an encrypted copy of a snapshot.",
  url: "https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html",
  ...requiring(
    {
      type: "aws:docdb/cluster:Cluster",
      path: ["storageEncrypted"],
      accepts: [true],
      inheritsFrom: ["snapshotIdentifier", "restoreToPointInTime", "globalClusterIdentifier"],
      problem: "is not encrypted",
    },
    {
      type: "aws:docdb/globalCluster:GlobalCluster",
      path: ["storageEncrypted"],
      accepts: [true],
      inheritsFrom: ["sourceDbClusterIdentifier"],
      problem: "is not encrypted",
    },
  ),
});
