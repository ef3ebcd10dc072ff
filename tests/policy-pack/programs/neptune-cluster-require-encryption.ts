import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:neptune/cluster:Cluster",
    clean: { engine: "neptune", storageEncrypted: true },
    alsoClean: [
      {
        storageEncrypted: undefined,
        replicationSourceIdentifier: "arn:aws:rds:eu-west-1:123456789012:cluster:graph",
      },
    ],
    wrong: [
      [{ storageEncrypted: false }, "is not encrypted"],
      [{ storageEncrypted: undefined }, "is not encrypted"],
    ],
  },
  {
    type: "aws:neptune/globalCluster:GlobalCluster",
    clean: { globalClusterIdentifier: "graph", storageEncrypted: true },
    wrong: [
      [{ storageEncrypted: false }, "is not encrypted"],
      [{ storageEncrypted: undefined }, "is not encrypted"],
    ],
  },
);
