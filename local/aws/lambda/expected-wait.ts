import { availableParallelism } from "node:os";

import type { DeployedFunction, ExecutionEnvironment } from "./execution-environment";

/** What is to be known of an environment. */
export type Timed = Pick<ExecutionEnvironment, "deployed" | "isCold" | "startMs">;

/** An invocation for which there is no idle environment of its function. */
export interface Queued {
  deployed: DeployedFunction;
  /** How long it has waited, in milliseconds. */
  waitedMs: number;
  /** How many invocations of its function wait, with itself. */
  waiting: number;
  /** How long it may wait before it gets an environment of its own, in milliseconds. */
  patienceMs: number;
  /** The environments of its function, all of which are busy. */
  busy: readonly Timed[];
}

/** Who starts is waited for longer than a start takes: two at a time take twice as long. */
const startsWaitedFor = 4;

/**
 * Says when an invocation had better wait for a busy environment of its function than for a new one. AWS
 * starts one at once; on a laptop a start takes the processor from those that work, and what it starts
 * knows nothing that V8 has learnt in them.
 */
export class ExpectedWait {
  readonly #coldStartMs: number;
  readonly #processors: number;
  /** How many requests of a function wait, and since when there was always one. */
  readonly #queues = new WeakMap<DeployedFunction, { count: number; since: number }>();
  /** When busy environments that were warm began. */
  readonly #begun = new WeakMap<Timed, number>();
  /** How long the last warm invocation took, in milliseconds. */
  readonly #lastMs = new WeakMap<DeployedFunction, number>();

  /** @param processors how many environments can work at a time. Default: as many as this machine has. */
  constructor(coldStartMs: number, processors = availableParallelism()) {
    this.#coldStartMs = coldStartMs;
    this.#processors = processors;
  }

  /** A request begins to wait. */
  queue({ deployed }: Pick<Queued, "deployed">): void {
    const { count, since } = this.#queues.get(deployed) ?? { count: 0, since: performance.now() };
    this.#queues.set(deployed, { count: count + 1, since });
  }

  /** It waits no longer. */
  leave({ deployed }: Pick<Queued, "deployed">): void {
    const { count = 0, since = 0 } = this.#queues.get(deployed) ?? {};
    if (count > 1) {
      this.#queues.set(deployed, { count: count - 1, since });
    } else {
      this.#queues.delete(deployed);
    }
  }

  /** An environment begins an invocation. */
  begin(environment: Timed): void {
    if (!environment.isCold) {
      this.#begun.set(environment, performance.now());
    }
  }

  /** It has ended it. */
  end(environment: Timed): void {
    const begun = this.#begun.get(environment);
    if (begun !== undefined) {
      this.#begun.delete(environment);
      this.#lastMs.set(environment.deployed, performance.now() - begun);
    }
  }

  /** Whether it gets its turn, as far as is known, before it is out of patience. */
  isShort({ deployed, waitedMs, waiting, patienceMs, busy }: Queued): boolean {
    const unknownMs = startsWaitedFor * this.#coldStartMs;
    // Where the machine is busy, another start would take no less than the last one.
    const limitMs = Math.max(patienceMs, ...busy.map(({ startMs = unknownMs }) => startMs));
    const leftMs = ((this.#lastMs.get(deployed) ?? 0) * waiting) / busy.length;
    return busy.length > 0 && waitedMs + leftMs < limitMs && !this.#isOverrun(deployed, busy);
  }

  /** Whether each waits shortly, but so many come that their environments leave processors without work. */
  #isOverrun(deployed: DeployedFunction, busy: readonly Timed[]): boolean {
    const { since = Infinity } = this.#queues.get(deployed) ?? {};
    return busy.length < this.#processors && performance.now() - since >= this.#coldStartMs;
  }
}
