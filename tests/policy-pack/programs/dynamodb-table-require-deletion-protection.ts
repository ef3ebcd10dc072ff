import { programsOf } from "../support/examples";
import { onDemandTable } from "../support/well-built";

export const programs = programsOf({
  type: "aws:dynamodb/table:Table",
  clean: { ...onDemandTable, deletionProtectionEnabled: true },
  wrong: [
    [{ deletionProtectionEnabled: false }, "can be deleted"],
    [{ deletionProtectionEnabled: undefined }, "can be deleted"],
  ],
});
