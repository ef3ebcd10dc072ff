import { programsOf } from "../support/examples";
import { workerFunction } from "../support/well-built";

const type = "aws:lambda/function:Function";
const problem = "may use up the concurrency of the account";

export const programs = programsOf(
  { type, clean: workerFunction, wrong: [] },
  {
    type,
    clean: { ...workerFunction, reservedConcurrentExecutions: 20 },
    alsoClean: [{ reservedConcurrentExecutions: 0 }],
    wrong: [
      [{ reservedConcurrentExecutions: undefined }, problem],
      [{ reservedConcurrentExecutions: -1 }, problem],
    ],
    settings: { required: true },
  },
);
