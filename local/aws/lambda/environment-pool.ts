import { AwsError } from "../aws-error";
import type { DeployedFunction, ExecutionEnvironment } from "./execution-environment";

/** How many processes there may be, and for how long. */
export interface PoolOptions {
  /** Most execution environments of all functions together. */
  maxEnvironments: number;
  /** An environment that was idle for so many milliseconds is ended. */
  idleMs: number;
  /** An environment that was made so many milliseconds ago runs no further invocation. */
  maxAgeMs: number;
  clock: () => Date;
  /** An invocation waits so many milliseconds for an environment before it is throttled. */
  patienceMs: number;
  create: (deployed: DeployedFunction) => ExecutionEnvironment;
}

interface Waiter {
  deployed: DeployedFunction;
  grant: (environment: ExecutionEnvironment) => void;
  refuse: (error: AwsError) => void;
}

/**
 * Lends out execution environments, one to each invocation. A cold one is made when all are busy.
 * AWS throttles at once when an account's concurrency is used up; a laptop has room for far fewer
 * processes, so here invocations wait their turn first.
 */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #living = new Set<ExecutionEnvironment>();
  /** Least recently used first. */
  readonly #idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  readonly #busy = new Set<ExecutionEnvironment>();
  readonly #retired = new WeakSet<DeployedFunction>();
  readonly #waiting = new Set<Waiter>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** @throws AwsError `TooManyRequestsException` when the wait is too long. */
  async acquire(deployed: DeployedFunction): Promise<ExecutionEnvironment> {
    return this.#take(deployed) ?? this.#wait(deployed);
  }

  release(environment: ExecutionEnvironment): void {
    this.#busy.delete(environment);
    if (this.#retired.has(environment.deployed)) {
      void environment.kill();
    } else if (environment.isUsable) {
      const timer = setTimeout(() => {
        this.#end(environment);
      }, this.#options.idleMs);
      this.#idle.set(environment, timer.unref());
    }
    for (const waiter of this.#waiting) {
      const next = this.#take(waiter.deployed);
      if (next === undefined) {
        return;
      }
      waiter.grant(next);
    }
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
    for (const waiter of this.#waiting) {
      waiter.refuse(rateExceeded());
    }
    await Promise.all([...this.#living].map((environment) => environment.kill()));
  }

  #take(deployed: DeployedFunction): ExecutionEnvironment | undefined {
    this.#endOld();
    const idle = [...this.#idle.keys()];
    let environment = idle.findLast((candidate) => candidate.deployed === deployed);
    if (environment === undefined) {
      const [oldest] = idle;
      if (idle.length + this.#busy.size >= this.#options.maxEnvironments) {
        if (oldest === undefined) {
          return undefined;
        }
        this.#end(oldest);
      }
      environment = this.#create(deployed);
    }
    this.#forgetIdle(environment);
    this.#busy.add(environment);
    return environment;
  }

  #create(deployed: DeployedFunction): ExecutionEnvironment {
    const environment = this.#options.create(deployed);
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

  #forgetIdle(environment: ExecutionEnvironment): void {
    clearTimeout(this.#idle.get(environment));
    this.#idle.delete(environment);
  }

  async #wait(deployed: DeployedFunction): Promise<ExecutionEnvironment> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        deployed,
        grant: (environment) => {
          leave();
          resolve(environment);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const timer = setTimeout(waiter.refuse, this.#options.patienceMs, rateExceeded());
      this.#waiting.add(waiter);
    });
  }
}

function rateExceeded(): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
    Reason: "ConcurrentInvocationLimitExceeded",
  });
}
