import { programsOf } from "../support/examples";
import { onDemandTable, replica } from "../support/well-built";

export const programs = programsOf(
  {
    type: "aws:dynamodb/table:Table",
    clean: { ...onDemandTable, deletionProtectionEnabled: true },
    alsoClean: [{ replicas: [{ regionName: "eu-west-1", deletionProtectionEnabled: true }] }],
    wrong: [
      [{ deletionProtectionEnabled: false }, "can be deleted"],
      [{ deletionProtectionEnabled: undefined }, "can be deleted"],
      [{ replicas: [{ regionName: "eu-west-1" }] }, "can be deleted in eu-west-1"],
    ],
    asks: { replicas: "replicas.deletionProtectionEnabled" },
  },
  {
    type: "aws:dynamodb/tableReplica:TableReplica",
    clean: { ...replica, deletionProtectionEnabled: true },
    wrong: [
      [{ deletionProtectionEnabled: false }, "can be deleted"],
      [{ deletionProtectionEnabled: undefined }, "can be deleted"],
    ],
  },
);
