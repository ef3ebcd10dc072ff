import { programsOf } from "../support/examples";
import { workerFunction } from "../support/well-built";

export const programs = programsOf({
  type: "aws:lambda/function:Function",
  clean: { ...workerFunction, environment: { variables: { TABLE: "orders" } } },
  wrong: [
    [
      { environment: { variables: { DB_PASSWORD: "tr0ub4dor&3" } } },
      "has what looks like secrets in DB_PASSWORD",
    ],
  ],
  asks: { environment: "environment.variables" },
});
