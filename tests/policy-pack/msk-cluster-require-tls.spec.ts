import { mskClusterRequireTls as policy } from "../../policy-pack/policies/msk-cluster-require-tls";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:msk/cluster:Cluster",
    clean: { encryptionInfo: { encryptionInTransit: { clientBroker: "TLS", inCluster: true } } },
    alsoClean: [{ encryptionInfo: undefined }],
    wrong: [
      [
        { encryptionInfo: { encryptionInTransit: { clientBroker: "TLS_PLAINTEXT" } } },
        "accepts clients without TLS",
      ],
      [
        { encryptionInfo: { encryptionInTransit: { clientBroker: "PLAINTEXT" } } },
        "accepts clients without TLS",
      ],
      [
        { encryptionInfo: { encryptionInTransit: { inCluster: false } } },
        "does not encrypt what its brokers send each other",
      ],
    ],
  },
  {
    type: "aws:mskconnect/connector:Connector",
    clean: { kafkaClusterEncryptionInTransit: { encryptionType: "TLS" } },
    wrong: [
      [
        { kafkaClusterEncryptionInTransit: { encryptionType: "PLAINTEXT" } },
        "reaches its cluster without TLS",
      ],
      [{ kafkaClusterEncryptionInTransit: undefined }, "reaches its cluster without TLS"],
    ],
  },
);
