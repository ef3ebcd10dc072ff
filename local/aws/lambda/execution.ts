import { EnvironmentPool } from "./environment-pool";
import { ExecutionEnvironment, type DeployedFunction } from "./execution-environment";
import { FunctionRunner } from "./function-runner";
import { Inspection } from "./inspection";
import type { LambdaOptions } from "./lambda-options";
import { ReplacedCode } from "./replaced-code";

/** What runs functions needs of Lambda. */
export interface ExecutionOptions {
  /** The path of the runtime's main program. */
  bootstrap: () => string;
  /** @throws AwsError `ResourceNotFoundException`. */
  find: (functionName: string) => DeployedFunction;
  /** Deploys a function again where its code is known. @returns whether it was. */
  reload: (functionName: string) => Promise<boolean>;
}

/** What runs functions: processes, what lends them out, and what ends those of code that was replaced. */
export interface Execution {
  inspection: Inspection;
  runner: FunctionRunner;
  replaced: ReplacedCode;
}

/** Wires together what runs functions. */
export function makeExecution(options: LambdaOptions, lambda: ExecutionOptions): Execution {
  const create = (deployed: DeployedFunction, inspectorPort?: number) =>
    new ExecutionEnvironment(deployed, lambda.bootstrap(), options.clock(), inspectorPort);
  const pool = new EnvironmentPool({
    maxEnvironments: options.maxEnvironments ?? 4,
    coldStartMs: options.coldStartMs ?? 250,
    idleMs: options.idleMs ?? 60_000,
    surplusIdleMs: options.surplusIdleMs ?? 5000,
    maxAgeMs: options.maxAgeMs ?? 10 * 60 * 60 * 1000,
    clock: options.clock,
    patienceMs: options.patienceMs ?? 29_000,
    create,
  });
  const inspection = new Inspection({ ...lambda, pool, create });
  const runner = new FunctionRunner({
    ...options,
    pool: inspection,
    reservedConcurrencyOf: (name) => lambda.find(name).settings.reservedConcurrency,
  });
  return { inspection, runner, replaced: new ReplacedCode(inspection, runner) };
}
