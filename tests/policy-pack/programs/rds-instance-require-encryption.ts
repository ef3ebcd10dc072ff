import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:rds/instance:Instance",
  clean: { engine: "postgres", instanceClass: "db.t4g.micro", storageEncrypted: true },
  alsoClean: [
    { storageEncrypted: undefined, snapshotIdentifier: "orders-final" },
    { storageEncrypted: undefined, replicateSourceDb: "orders" },
    { storageEncrypted: undefined, restoreToPointInTime: { sourceDbInstanceIdentifier: "orders" } },
  ],
  wrong: [
    [{ storageEncrypted: false }, "is not encrypted"],
    [{ storageEncrypted: undefined }, "is not encrypted"],
  ],
});
