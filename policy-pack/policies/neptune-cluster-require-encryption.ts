import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const neptuneClusterRequireEncryption = resourceRule({
  name: "neptune-cluster-require-encryption",
  description: "Neptune clusters are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Neptune.1")],
  remediationSteps:
    "Set storageEncrypted to true; what is stored in clear has to be restored from an encrypted copy of a snapshot.",
  url: "https://docs.aws.amazon.com/neptune/latest/userguide/encrypt.html",
  ...requiring(
    {
      type: "aws:neptune/cluster:Cluster",
      path: ["storageEncrypted"],
      accepts: [true],
      inheritsFrom: [
        "snapshotIdentifier",
        "replicationSourceIdentifier",
        "globalClusterIdentifier",
      ],
      problem: "is not encrypted",
    },
    {
      type: "aws:neptune/globalCluster:GlobalCluster",
      path: ["storageEncrypted"],
      accepts: [true],
      inheritsFrom: ["sourceDbClusterIdentifier"],
      problem: "is not encrypted",
    },
  ),
});
