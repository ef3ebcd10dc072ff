import type { Project } from "../engine/project";
import { secretsIn, textsIn } from "../engine/properties";
import type { Findings } from "../engine/run-checked";
import { RunFailed } from "../engine/run-failed";
import type { ProgramResult, RunOptions } from "../engine/run-program";
import type { StackConfig } from "../engine/stack-config";
import type { StackIdentity } from "../engine/urn";
import { DynamicInventory } from "../provider/dynamic-inventory";
import { requireConsent } from "./consent";
import type { ConsentOptions } from "./consent";
import type { Display } from "./display";
import { LastRun } from "./last-run";
import { lossesOf } from "./losses";
import { Planning } from "./planning";
import type { Redactor } from "./redactor";
import { requireAllRemovable } from "./require-removable";
import type { RestoredCloud } from "./restored-cloud";
import { runAccepted } from "./run-accepted";
import { Shutdown } from "./shutdown";
import { StackRecords } from "./stack-records";

export interface SessionOptions extends Omit<ConsentOptions, "othersDeleted" | "signal"> {
  identity: StackIdentity;
  dataDir: string;
  /** Variables of the program's process. */
  environment: Readonly<Record<string, string>>;
  /** It may still be starting. */
  cloud: Promise<RestoredCloud>;
  /** Whether the project's policy pack, if it has one, must accept the program first. */
  policy: boolean;
  redactor: Redactor;
}

/** What is run, and what may be another thing each time. */
export interface SessionRun {
  project: Project;
  config: StackConfig;
  display: Display;
  /** Stops the run. */
  signal: AbortSignal;
  /**
   * What else must be so before anything is changed. Default: nothing.
   *
   * @throws UserError
   */
  check?: (result: ProgramResult) => void | Promise<void>;
  /** Ends the run before it has changed anything, as the program has changed again. Default: it does not. */
  superseded?: AbortSignal;
}

/** What the stack has been brought to. */
export interface AppliedResult extends ProgramResult {
  /** What the policy pack found; absent where none was asked. */
  findings: Findings | undefined;
}

/** A stack in the local cloud, which its program is applied to at each start and each change. */
export class StackSession {
  readonly #options: SessionOptions;
  readonly #stacks: StackRecords;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#stacks = new StackRecords(options.dataDir);
  }

  /**
   * Runs the program, and brings the stack to what it asks for. Nothing is changed before the policy
   * pack has accepted the whole program, all that goes may go, and losses were agreed to.
   *
   * @throws RunFailed when the program fails, UserError when it is refused, after why has been printed;
   * SupersededError.
   */
  async run(run: SessionRun): Promise<AppliedResult> {
    const { display } = run;
    const planning = new Planning(run);
    const lastRun = this.#options.cloud.then((cloud) => this.#lastRun(cloud, run.project));
    // When there is no cloud, the run is told why by itself.
    lastRun.catch(() => undefined);
    let applied: AppliedResult | undefined;
    const shutdown = new Shutdown();
    try {
      const program = this.#program({ ...run, signal: planning.signal }, lastRun);
      await runAccepted(
        program,
        { ...this.#options, shutdown },
        display,
        async (result, findings) => {
          planning.found();
          this.#options.redactor.hide(secretTextsOf(result));
          await run.check?.(result);
          await this.#agree(await lastRun, result, { display, signal: planning.signal });
          planning.commit();
          await result.create();
          await (await lastRun).save();
          await this.#stacks.record(this.#options.identity, result.stackOutputs);
          applied = { ...result, findings };
        },
      );
    } catch (error) {
      if (error instanceof RunFailed) {
        await (await lastRun).save();
      }
      planning.requireCurrent();
      display.showDiagnostics();
      throw error;
    } finally {
      planning.end();
      await shutdown.run();
    }
    if (!applied) {
      throw new Error("the program has ended without a result");
    }
    return applied;
  }

  #program(
    { project, config, display, signal }: SessionRun,
    lastRun: Promise<LastRun>,
  ): RunOptions {
    const { identity, environment, cloud } = this.#options;
    const provider = cloud.then((started) => started.provider);
    const dynamicRecords = cloud.then(({ inventory }) => new DynamicInventory(inventory, identity));
    for (const promise of [provider, dynamicRecords]) {
      promise.catch(() => undefined);
    }
    return {
      ...{ project, config, environment, signal, provider, dynamicRecords },
      stack: identity.stack,
      priorState: lastRun,
      findStackOutputs: (other) => Promise.resolve(this.#stacks.outputsOf(other)),
      onEvent: (event) => {
        display.show(event);
      },
    };
  }

  #lastRun({ inventory, resources }: RestoredCloud, { programDir: projectDir }: Project): LastRun {
    const { dataDir, identity: stack } = this.#options;
    const remove = async ({ type, id, urn }: { type: string; id: string; urn: string }) => {
      await resources.remove(type, id, urn);
    };
    return new LastRun({ dataDir, inventory, remove, projectDir, stack });
  }

  /** @throws UserError when something may not go, or a loss is not agreed to. */
  async #agree(
    lastRun: LastRun,
    { resources }: ProgramResult,
    { display, signal }: Pick<SessionRun, "display" | "signal">,
  ): Promise<void> {
    const steps = await lastRun.stepsTo(resources);
    display.expect(steps);
    const { resources: managed } = await this.#options.cloud;
    await requireAllRemovable(steps, (...args) => managed.requireRemovable(...args), display);
    const losses = await lossesOf(steps, (...args) => managed.contentOf(...args));
    const othersDeleted = [...steps].filter(
      (step) => step.kind === "delete" && !losses.some((loss) => loss.step === step),
    ).length;
    const options = { ...this.#options, othersDeleted, signal };
    await requireConsent(losses, options, display);
  }
}

/** Secret outputs are hidden where they are printed as such; a function's error may hold one, too. */
function secretTextsOf({ stackOutputs }: ProgramResult): string[] {
  return secretsIn(stackOutputs).flatMap(textsIn);
}
