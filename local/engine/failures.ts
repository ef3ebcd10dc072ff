import { messageOf } from "../message-of";
import type { EngineEvent } from "./events";
import { StepFailed } from "./hooks";
import { RpcError, stopped } from "./rpc";
import { RunFailed } from "./run-failed";

/** What goes wrong in a run, of which its first failure is the end. */
export class Failures {
  readonly #controller = new AbortController();
  readonly #refused = new Set<string>();
  readonly #onEvent: (event: EngineEvent) => void;

  constructor(onEvent: (event: EngineEvent) => void) {
    this.#onEvent = onEvent;
  }

  /**
   * Aborts as soon as a resource fails; its reason is RunFailed, or why `analyze` or the provider's
   * start failed.
   */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** URNs of resources that cannot be created as they are, which has been reported. */
  get refused(): ReadonlySet<string> {
    return this.#refused;
  }

  report(severity: "info" | "warning" | "error", message: string, urn?: string): void {
    this.#onEvent({ kind: "diagnostic", severity, message, urn });
  }

  /** Says that a resource cannot be created as it is; the run goes on, so that all of them are told. */
  refuse(urn: string, problem: string): void {
    this.report("error", problem, urn);
    this.#refused.add(urn);
  }

  /** Ends the run for a reason that is told by itself. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /**
   * Ends the run for what is no answer to the program, such as a disk that is full: it would go on without the
   * resource, and seem to succeed.
   *
   * @throws RpcError the answer.
   */
  throwStopped(error: unknown): never {
    if (error instanceof RpcError) {
      throw error;
    }
    this.abort(error);
    throw stopped();
  }

  /** Ends the run because of a resource; what is returned is the answer to the program. */
  fail(urn: string | undefined, message: string): RpcError {
    this.report("error", message, urn);
    this.abort(new RunFailed("a resource could not be created"));
    return stopped();
  }

  /**
   * Ends the run because something could not be done to a resource.
   *
   * @param subject goes before the message, unless that says by itself what is meant.
   * @throws the reason why the run has ended.
   */
  throwFailure(error: unknown, urn?: string, subject = ""): never {
    // Of what fails at once, each is told; of one that others wait for, only once.
    if (!this.signal.aborted) {
      const isStep = error instanceof StepFailed;
      this.fail(isStep ? error.urn : urn, isStep ? error.message : subject + messageOf(error));
    }
    throw this.signal.reason;
  }

  /**
   * Ends the run because hooks have failed while the program runs.
   *
   * @throws what is to be answered.
   */
  throwAnswer(error: unknown, dryRun: boolean): never {
    if (!(error instanceof StepFailed)) {
      throw error;
    }
    if (!this.signal.aborted) {
      const isPreview = dryRun && error.message.startsWith("before");
      this.fail(error.urn, (isPreview ? "Preview failed: " : "") + error.message);
    }
    throw stopped();
  }
}
