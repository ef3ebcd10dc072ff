import { programsOf } from "../support/examples";
import { onDemandTable } from "../support/well-built";

export const programs = programsOf({
  type: "aws:dynamodb/table:Table",
  clean: { ...onDemandTable, pointInTimeRecovery: { enabled: true } },
  wrong: [
    [{ pointInTimeRecovery: { enabled: false } }, "has no point-in-time recovery"],
    [{ pointInTimeRecovery: undefined }, "has no point-in-time recovery"],
  ],
  asks: { pointInTimeRecovery: "pointInTimeRecovery.enabled" },
});
