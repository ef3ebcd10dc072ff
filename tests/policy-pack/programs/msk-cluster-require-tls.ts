import { programsOf } from "../support/examples";

export const programs = programsOf(
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
    asks: {
      encryptionInfo:
        "encryptionInfo.encryptionInTransit.clientBroker, encryptionInfo.encryptionInTransit.inCluster",
    },
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
    asks: { kafkaClusterEncryptionInTransit: "kafkaClusterEncryptionInTransit.encryptionType" },
  },
);
