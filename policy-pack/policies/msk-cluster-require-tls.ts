import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/** At rest they are always encrypted, and serverless clusters are reached with TLS only. */
export const mskClusterRequireTls = resourceRule({
  name: "msk-cluster-require-tls",
  description: "MSK clusters and connectors encrypt what they send.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("MSK.1"), fsbp("MSK.3")],
  remediationSteps:
    "Set clientBroker to TLS and inCluster to true in encryptionInfo.encryptionInTransit, and a connector's kafkaClusterEncryptionInTransit.encryptionType to TLS.",
  url: "https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html",
  ...requiring(
    {
      type: "aws:msk/cluster:Cluster",
      path: ["encryptionInfo", "encryptionInTransit", "clientBroker"],
      accepts: ["TLS"],
      byDefault: "TLS",
      problem: "accepts clients without TLS",
    },
    {
      type: "aws:msk/cluster:Cluster",
      path: ["encryptionInfo", "encryptionInTransit", "inCluster"],
      accepts: [true],
      byDefault: true,
      problem: "does not encrypt what its brokers send each other",
    },
    {
      type: "aws:mskconnect/connector:Connector",
      path: ["kafkaClusterEncryptionInTransit", "encryptionType"],
      accepts: ["TLS"],
      byDefault: "PLAINTEXT",
      problem: "reaches its cluster without TLS",
    },
  ),
});
