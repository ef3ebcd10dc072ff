import { realpath } from "node:fs/promises";
import type { Properties } from "../provider/resource";
import { autonamingOf } from "./autonaming";
import { ComputedOutputs } from "./computed-outputs";
import { Deployment } from "./deployment";
import type { DynamicRecords } from "./dynamic-records";
import type { EngineEvent } from "./events";
import type { Failures } from "./failures";
import { HookedCreation } from "./hooked-creation";
import { runProgramProcess } from "./program-process";
import type { ProgramExit } from "./program-process";
import type { PriorState } from "./prior-state";
import type { Project } from "./project";
import { fromStruct, structOf } from "./properties";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";
import { RunFailed } from "./run-failed";
import { startEngineServer } from "./server";
import type { FindStackOutputs } from "./stack-reference";
import type { StackConfig } from "./stack-config";

export interface RunOptions {
  project: Project;
  stack: string;
  config: StackConfig;
  /** Variables that the program's process has beside the host's. Default: none. */
  environment?: Readonly<Record<string, string>>;
  /** It may still be starting; when it does not, the run ends with the reason. */
  provider: ResourceProvider | Promise<ResourceProvider>;
  /** What exists of the program's dynamic resources; it is kept up to date. Default: nothing. */
  dynamicRecords?: Promise<DynamicRecords>;
  /** What earlier runs have left of the stack's other resources; it is kept up to date. Default: nothing. */
  priorState?: Promise<PriorState>;
  /** True leaves unknown what a provider computes, as `pulumi preview` does. Default false. */
  dryRun?: boolean;
  /**
   * Leaves unknown what the provider does not emulate, because the program is judged and nothing
   * created. Default: in dry runs.
   */
  judgeOnly?: boolean;
  /**
   * Looks at each resource before it is planned, and may replace its `inputs`; what it throws ends
   * the run, and is thrown as it is.
   */
  analyze?: (resource: RegisteredResource) => Promise<void>;
  /** Tells the outputs of other stacks. Default: there are none. */
  findStackOutputs?: FindStackOutputs;
  onEvent: (event: EngineEvent) => void;
  /** Stops the program; the run then fails. */
  signal?: AbortSignal;
}

export interface ProgramResult {
  /** The stack outputs, secrets in clear. In a dry run some may be the SDK's `unknown`. */
  outputs: Properties;
  /** Names of the outputs that are secret. */
  secretOutputs: string[];
  /** The stack outputs in the form in which they travel, which tells secrets inside of values. */
  stackOutputs: Properties;
  /** In the order of registration. */
  resources: RegisteredResource[];
  /**
   * Creates the resources, which are no more than planned, in this order. With hooks, the program
   * lives until that is done, and this waits for its end.
   *
   * @throws RunFailed when one cannot be created, after why has been reported.
   */
  create: () => Promise<void>;
}

/** The program exits with this code when it has reported its error itself. */
const exitCodeErrorReported = 32;

/**
 * Runs a Pulumi program as Pulumi's engine does: serves it the engine's gRPC services and plans the
 * resources that it registers. When this returns or throws, no process is left.
 *
 * Unlike with Pulumi, nothing but dynamic resources is created while the program runs: it sees the
 * same values, can be checked as a whole before, and needs to be run only once for both.
 *
 * @param use gets the plan as soon as the program has succeeded; its process may take a second more
 * to end. As in Pulumi's engine, a program that fails while it ends fails the run all the same.
 * @returns what `use` returns.
 * @throws RunFailed when the program fails, a resource cannot be planned, or `signal` stops it;
 * ConfigurationError when a config of the engine's own is not valid; what `use` throws.
 */
export async function runProgram<T>(
  options: RunOptions,
  use: (result: ProgramResult) => Promise<T>,
): Promise<T> {
  const { project, stack, config, dryRun = false, judgeOnly = dryRun, signal } = options;
  let used: Promise<T> | undefined;
  const succeed = () => (used ??= use(resultOf(deployment, creation)));
  const deployment = new Deployment({
    findStackOutputs: () => Promise.resolve(undefined),
    ...options,
    onSuccess: async () => {
      const using = succeed();
      // Whether it fails shows once the process has ended.
      using.catch(() => undefined);
      await creation.needsProgram(using);
    },
    project: project.name,
    projectDir: await realpath(project.dir),
    programDir: project.programDir,
    plugins: project.plugins,
    computed: new ComputedOutputs(project.programDir),
    autonaming: autonamingOf(config, { project: project.name, stack }),
    dryRun,
    judgeOnly,
  });
  const creation = new HookedCreation(deployment);
  const server = await startEngineServer(deployment);
  const { failures } = deployment;
  try {
    const running = runProgramProcess({
      project,
      stack,
      config,
      environment: options.environment ?? {},
      dryRun,
      judgeOnly,
      address: server.address,
      onLine: (line) => {
        failures.report("info", line);
      },
      signal: signal ? AbortSignal.any([signal, failures.signal]) : failures.signal,
    });
    creation.exited = running.catch(() => undefined);
    requireSuccess(await running, failures, signal);
    return await succeed();
  } finally {
    if (signal?.aborted) {
      await deployment.stop();
    }
    await Promise.allSettled([deployment.settle(), used]);
    await deployment.stop();
    server.stop();
  }
}

function requireSuccess(exit: ProgramExit, failures: Failures, signal?: AbortSignal): void {
  if (failures.signal.aborted) {
    throw failures.signal.reason;
  }
  if (signal?.aborted) {
    throw new RunFailed("the program was stopped");
  }
  if (failures.refused.size > 0 && exit.code === 0) {
    const { size } = failures.refused;
    const subject = size === 1 ? "a resource" : `${size} resources`;
    throw new RunFailed(`${subject} cannot be created like this`);
  }
  if (exit.code === exitCodeErrorReported) {
    throw new RunFailed("the program failed");
  }
  if (exit.code !== 0) {
    const reason = exit.signal
      ? `Program was ended by ${exit.signal}`
      : `Program exited with non-zero exit code: ${exit.code ?? ""}`;
    failures.report("error", `an unhandled error occurred: ${reason}`);
    throw new RunFailed(reason);
  }
}

function resultOf(deployment: Deployment, creation: HookedCreation): ProgramResult {
  const stackOutputs = deployment.stack?.outputs ?? {};
  const { values, secrets } = fromStruct(structOf(stackOutputs));
  return {
    outputs: values,
    secretOutputs: secrets,
    stackOutputs,
    resources: [...deployment.resources.values()],
    create: () => creation.run(),
  };
}
