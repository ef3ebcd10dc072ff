import { AwsError } from "../aws-error";
import type { DeployedFunction, ExecutionEnvironment } from "./execution-environment";
import { ExpectedWait } from "./expected-wait";

/** How many processes there may be, and for how long. */
export interface PoolOptions {
  /** Most execution environments of all functions together. */
  maxEnvironments: number;
  /**
   * As long as a cold start takes, in milliseconds: no request has an environment started before it has
   * waited, or is about to wait, for so long for those of its function, or others have without a break while there are
   * processors that none of them works on. No function loses an environment
   * to another one that has some already unless it has not needed it for so long, nor before it was worth
   * its start.
   */
  coldStartMs: number;
  /** An environment that was idle for so many milliseconds is ended. */
  idleMs: number;
  /** Once one was idle for so many milliseconds, those of its function that were used before it are ended. */
  surplusIdleMs: number;
  /** An environment that was made so many milliseconds ago runs no further invocation. */
  maxAgeMs: number;
  clock: () => Date;
  /** An invocation waits so many milliseconds for an environment before it is throttled. */
  patienceMs: number;
  create: (deployed: DeployedFunction) => ExecutionEnvironment;
}

/** What an invocation is for: a client that waits for its answer, or an event, which may wait. */
export type InvocationKind = "request" | "event";

/** Who wants an environment. */
interface Seeker {
  deployed: DeployedFunction;
  kind: InvocationKind;
  /** By the clock of `performance.now()`. */
  since: number;
}

interface Waiter extends Seeker {
  /** In the order of these, waiting invocations get their turns. */
  due: number;
  grant: (environment: ExecutionEnvironment) => void;
  refuse: (error: AwsError) => void;
}

/** Events give way to requests for so long, in milliseconds. */
const eventDelayMs = 5000;

/**
 * Lends out execution environments, one to each invocation. A cold one is made when all of a function are
 * busy and will be for longer than its start takes. AWS throttles at once when an account's concurrency is
 * used up; a laptop has room for far fewer processes, so here invocations wait their turn first, and
 * events, which AWS queues, wait for as long as it takes.
 */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #living = new Set<ExecutionEnvironment>();
  /** Least recently used first. */
  readonly #idle = new Map<ExecutionEnvironment, { timer: NodeJS.Timeout; since: number }>();
  readonly #busy = new Set<ExecutionEnvironment>();
  readonly #retired = new WeakSet<DeployedFunction>();
  readonly #waiting = new Set<Waiter>();
  readonly #expectedWait: ExpectedWait;
  /** When each environment was made. */
  readonly #madeAt = new WeakMap<ExecutionEnvironment, number>();
  #later: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#expectedWait = new ExpectedWait(options.coldStartMs);
  }

  /** @throws AwsError `TooManyRequestsException` when a request waits too long. */
  async acquire(
    deployed: DeployedFunction,
    kind: InvocationKind = "request",
  ): Promise<ExecutionEnvironment> {
    const seeker = { deployed, kind, since: performance.now() };
    return this.#take(seeker) ?? this.#wait(seeker);
  }

  release(environment: ExecutionEnvironment): void {
    this.#busy.delete(environment);
    this.#expectedWait.end(environment);
    if (this.#retired.has(environment.deployed)) {
      void environment.kill();
    } else if (environment.isUsable) {
      this.#rest(environment);
    }
    this.#serveWaiting();
  }

  /**
   * Ends the idle processes of a function that was replaced, and those that still work once they have
   * answered.
   */
  retire(deployed: DeployedFunction): void {
    this.#retired.add(deployed);
    for (const environment of this.#idle.keys()) {
      if (environment.deployed === deployed) {
        this.#end(environment);
      }
    }
  }

  /** Resolves once no process of the function is left. */
  async ended(deployed: DeployedFunction): Promise<void> {
    const left = [...this.#living].filter((environment) => environment.deployed === deployed);
    await Promise.all(left.map(({ ended }) => ended));
  }

  /** Ends every process and waits until all are gone. */
  async stop(): Promise<void> {
    clearTimeout(this.#later);
    for (const waiter of this.#waiting) {
      waiter.refuse(rateExceeded());
    }
    await Promise.all([...this.#living].map((environment) => environment.kill()));
  }

  #serveWaiting(): void {
    for (const waiter of [...this.#waiting].sort((a, b) => a.due - b.due)) {
      if (this.#idle.size === 0 && this.#busy.size >= this.#options.maxEnvironments) {
        break;
      }
      const next = this.#take(waiter);
      if (next !== undefined) {
        waiter.grant(next);
      }
    }
    this.#serveLater();
  }

  /** An environment that nobody needs by then can be spared, and who has waited for so long gets its own. */
  #serveLater(): void {
    const { maxEnvironments } = this.#options;
    if (this.#waiting.size > 0 && (this.#idle.size > 0 || this.#busy.size < maxEnvironments)) {
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        this.#serveWaiting();
      }, this.#options.coldStartMs);
    }
  }

  #take(seeker: Seeker): ExecutionEnvironment | undefined {
    if (this.#givesWay(seeker)) {
      return undefined;
    }
    const { deployed } = seeker;
    this.#endOld();
    const idle = [...this.#idle.keys()];
    let environment = idle.findLast((candidate) => candidate.deployed === deployed);
    if (environment === undefined) {
      if (this.#isWaitShort(seeker)) {
        return undefined;
      }
      if (idle.length + this.#busy.size >= this.#options.maxEnvironments) {
        const spared = this.#spareFor(deployed);
        if (spared === undefined) {
          return undefined;
        }
        this.#end(spared);
      }
      environment = this.#create(deployed);
    }
    this.#forgetIdle(environment);
    this.#busy.add(environment);
    this.#expectedWait.begin(environment);
    return environment;
  }

  /** While requests wait, the processor has enough to do. */
  #givesWay({ kind, since }: Seeker): boolean {
    return (
      kind === "event" &&
      performance.now() - since < eventDelayMs &&
      [...this.#waiting].some((waiter) => waiter.kind === "request")
    );
  }

  #isWaitShort(seeker: Seeker): boolean {
    const { deployed, kind, since } = seeker;
    const isOfSame = (other: { deployed: DeployedFunction }): boolean =>
      other.deployed === deployed;
    return this.#expectedWait.isShort({
      deployed,
      waitedMs: performance.now() - since,
      waiting: new Set<Seeker>([...this.#waiting, seeker].filter(isOfSame)).size,
      patienceMs: kind === "event" ? eventDelayMs : this.#options.coldStartMs,
      busy: [...this.#busy].filter((each) => isOfSame(each) && each.isUsable),
    });
  }

  /**
   * The idle environment of another function that is ended for one of `deployed`. Were any taken at
   * once, functions that are called in turns would start more processes than they ran invocations.
   */
  #spareFor(deployed: DeployedFunction): ExecutionEnvironment | undefined {
    const { coldStartMs } = this.#options;
    const now = performance.now();
    const hasOwn = [...this.#living].some((each) => each.deployed === deployed && each.isUsable);
    const wanted = new Set([...this.#waiting].map((waiter) => waiter.deployed));
    const [spared] = [...this.#idle].find(([environment, { since }]) => {
      const isYoung = now - (this.#madeAt.get(environment) ?? 0) < coldStartMs;
      const isResting = now - since < coldStartMs;
      return !(isYoung && wanted.has(environment.deployed)) && !(isResting && hasOwn);
    }) ?? [undefined];
    return spared;
  }

  #create(deployed: DeployedFunction): ExecutionEnvironment {
    const environment = this.#options.create(deployed);
    this.#madeAt.set(environment, performance.now());
    this.#living.add(environment);
    void environment.ended.then(() => {
      this.#living.delete(environment);
      this.#forgetIdle(environment);
    });
    return environment;
  }

  /** Not by timers, which stand still while a laptop sleeps. */
  #endOld(): void {
    const oldest = this.#options.clock().getTime() - this.#options.maxAgeMs;
    for (const environment of this.#idle.keys()) {
      if (environment.createdAt.getTime() < oldest) {
        this.#end(environment);
      }
    }
  }

  #end(environment: ExecutionEnvironment): void {
    this.#forgetIdle(environment);
    void environment.kill();
  }

  /** AWS, too, ends at some time what a burst has left behind, and keeps for longer what is used now and then. */
  #rest(environment: ExecutionEnvironment): void {
    const { idleMs, surplusIdleMs } = this.#options;
    const firstMs = Math.min(surplusIdleMs, idleMs);
    const endOthers = (): void => {
      this.#endUsedBefore(environment);
      idle.timer = setTimeout(() => {
        this.#end(environment);
      }, idleMs - firstMs).unref();
    };
    const idle = { timer: setTimeout(endOthers, firstMs).unref(), since: performance.now() };
    this.#idle.set(environment, idle);
  }

  #endUsedBefore(environment: ExecutionEnvironment): void {
    for (const other of this.#idle.keys()) {
      if (other === environment) {
        return;
      }
      if (other.deployed === environment.deployed) {
        this.#end(other);
      }
    }
  }

  #forgetIdle(environment: ExecutionEnvironment): void {
    clearTimeout(this.#idle.get(environment)?.timer);
    this.#idle.delete(environment);
  }

  async #wait(seeker: Seeker): Promise<ExecutionEnvironment> {
    const isEvent = seeker.kind === "event";
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        if (!isEvent) {
          this.#expectedWait.leave(waiter);
        }
      };
      const waiter: Waiter = {
        ...seeker,
        due: seeker.since + (isEvent ? eventDelayMs : 0),
        grant: (environment) => {
          leave();
          resolve(environment);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const timer = isEvent
        ? undefined
        : setTimeout(() => {
            waiter.refuse(rateExceeded());
          }, this.#options.patienceMs);
      this.#waiting.add(waiter);
      if (!isEvent) {
        this.#expectedWait.queue(waiter);
      }
      this.#serveLater();
    });
  }
}

/** What an invocation is refused by for which there is no process. */
export function rateExceeded(): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
    Reason: "ConcurrentInvocationLimitExceeded",
  });
}
