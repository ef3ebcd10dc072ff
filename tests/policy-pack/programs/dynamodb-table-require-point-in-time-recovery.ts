import { programsOf } from "../support/examples";
import { onDemandTable, replica } from "../support/well-built";

export const programs = programsOf(
  {
    type: "aws:dynamodb/table:Table",
    clean: { ...onDemandTable, pointInTimeRecovery: { enabled: true } },
    alsoClean: [{ replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: true }] }],
    wrong: [
      [{ pointInTimeRecovery: { enabled: false } }, "has no point-in-time recovery"],
      [{ pointInTimeRecovery: undefined }, "has no point-in-time recovery"],
      [
        {
          replicas: [
            { regionName: "eu-west-1", pointInTimeRecovery: true },
            { regionName: "eu-central-1" },
          ],
        },
        "has no point-in-time recovery in eu-central-1",
      ],
    ],
    asks: {
      pointInTimeRecovery: "pointInTimeRecovery.enabled",
      replicas: "replicas.pointInTimeRecovery",
    },
  },
  {
    type: "aws:dynamodb/tableReplica:TableReplica",
    clean: { ...replica, pointInTimeRecovery: true },
    wrong: [
      [{ pointInTimeRecovery: false }, "has no point-in-time recovery"],
      [{ pointInTimeRecovery: undefined }, "has no point-in-time recovery"],
    ],
  },
);
