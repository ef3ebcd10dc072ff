import { programsOf } from "../support/examples";
import { onDemandTable } from "../support/well-built";

export const programs = programsOf({
  type: "aws:dynamodb/table:Table",
  clean: { ...onDemandTable, tags: { Environment: "Production" } },
  wrong: [
    [{ tags: { environment: "Production" } }, "has no tag Environment"],
    [{ tags: undefined }, "has no tag Environment"],
  ],
});
