import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";
import { mayBe } from "../lib/values";

export const rdsClusterRequireEncryption = resourceRule({
  name: "rds-cluster-require-encryption",
  description: "RDS and Aurora clusters are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("RDS.27")],
  remediationSteps:
    "Set storageEncrypted to true; what is stored in clear has to be restored from an encrypted copy of a snapshot.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html",
  ...requiring(
    {
      type: "aws:rds/cluster:Cluster",
      path: ["storageEncrypted"],
      accepts: [true],
      // Those of Aurora's first serverless kind always are.
      byDefault: (cluster) => mayBe(cluster.known("engineMode"), "serverless"),
      inheritsFrom: [
        "snapshotIdentifier",
        "replicationSourceIdentifier",
        "restoreToPointInTime",
        "globalClusterIdentifier",
      ],
      problem: "is not encrypted",
    },
    {
      type: "aws:rds/globalCluster:GlobalCluster",
      path: ["storageEncrypted"],
      accepts: [true],
      inheritsFrom: ["sourceDbClusterIdentifier"],
      problem: "is not encrypted",
    },
  ),
});
