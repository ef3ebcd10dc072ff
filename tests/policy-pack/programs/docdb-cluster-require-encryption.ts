import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:docdb/cluster:Cluster",
    clean: { engine: "docdb", storageEncrypted: true },
    alsoClean: [{ storageEncrypted: undefined, snapshotIdentifier: "orders-final" }],
    wrong: [
      [{ storageEncrypted: false }, "is not encrypted"],
      [{ storageEncrypted: undefined }, "is not encrypted"],
    ],
  },
  {
    type: "aws:docdb/globalCluster:GlobalCluster",
    clean: { globalClusterIdentifier: "orders", storageEncrypted: true },
    wrong: [
      [{ storageEncrypted: false }, "is not encrypted"],
      [{ storageEncrypted: undefined }, "is not encrypted"],
    ],
  },
);
