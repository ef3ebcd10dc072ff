import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:rds/cluster:Cluster",
    clean: { engine: "aurora-postgresql", storageEncrypted: true },
    alsoClean: [
      { storageEncrypted: undefined, engineMode: "serverless" },
      { storageEncrypted: undefined, snapshotIdentifier: "orders-final" },
      { storageEncrypted: undefined, globalClusterIdentifier: "orders" },
    ],
    wrong: [
      [{ storageEncrypted: false }, "is not encrypted"],
      [{ storageEncrypted: undefined }, "is not encrypted"],
    ],
  },
  {
    type: "aws:rds/globalCluster:GlobalCluster",
    clean: { globalClusterIdentifier: "orders", storageEncrypted: true },
    alsoClean: [
      {
        storageEncrypted: undefined,
        sourceDbClusterIdentifier: "arn:aws:rds:eu-west-1:123456789012:cluster:orders",
      },
    ],
    wrong: [
      [{ storageEncrypted: false }, "is not encrypted"],
      [{ storageEncrypted: undefined }, "is not encrypted"],
    ],
  },
);
