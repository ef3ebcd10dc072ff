import type { CodeSources } from "./code-sources";
import type { CodeOverlay } from "./deploy";
import { rateExceeded, type EnvironmentPool, type InvocationKind } from "./environment-pool";
import type { DeployedFunction, ExecutionEnvironment } from "./execution-environment";
import { latest } from "./function-name";

/** How one function is run for people who follow it with a debugger. */
export interface InspectionOptions {
  /** The function's name. Default: the first one that is invoked. */
  functionName?: string | undefined;
  /** Where its process listens for debuggers, on 127.0.0.1; nothing else may. */
  port: number;
  /** What it runs in place of files that its archive is made of. Default: nothing. */
  overlayOf?: (sources: CodeSources) => Promise<CodeOverlay>;
  /** Is told which function it is, once its process is being started. */
  onStarted: (deployed: DeployedFunction) => void;
}

/** What {@link Inspection} needs of Lambda. */
export interface Inspected {
  pool: EnvironmentPool;
  create: (deployed: DeployedFunction, inspectorPort: number) => ExecutionEnvironment;
  /** @throws AwsError `ResourceNotFoundException`. */
  find: (functionName: string) => DeployedFunction;
  /**
   * Deploys a function again where its code is known, and calls {@link Inspection.run} with it.
   *
   * @returns whether it did.
   */
  reload: (functionName: string) => Promise<boolean>;
}

/**
 * Lends out the one process of the function that is inspected, and for all others those of the pool. That
 * process is ended by nothing but new code of the function, and invocations of it wait for each other: a
 * second process would need a second port.
 */
export class Inspection {
  readonly #lambda: Inspected;
  #options: InspectionOptions | undefined;
  #functionName: string | undefined;
  #begun: Promise<void> = Promise.resolve();
  /** What its process is to run. */
  #deployed: DeployedFunction | undefined;
  #environment: ExecutionEnvironment | undefined;
  /** Resolves once nobody has or replaces the process. */
  #turn: Promise<void> = Promise.resolve();
  #endTurn: () => void = () => undefined;
  #isStopped = false;

  constructor(lambda: Inspected) {
    this.#lambda = lambda;
  }

  /**
   * Inspects from now on. The process of a function that is named starts at once.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  async begin(options: InspectionOptions): Promise<void> {
    this.#options = options;
    if (options.functionName !== undefined) {
      await this.ready(options.functionName);
    }
  }

  /** Whether a function is inspected, or will be once it is invoked. */
  concerns(functionName: string): boolean {
    const inspected = this.#functionName ?? this.#options?.functionName ?? functionName;
    return this.#options !== undefined && inspected === functionName;
  }

  /** What a function runs in place of files of its archive. */
  overlayOf(functionName: string): InspectionOptions["overlayOf"] {
    return functionName === this.#functionName ? this.#options?.overlayOf : undefined;
  }

  /** Resolves once a function that is about to be invoked can be inspected, if it is to be. */
  async ready(functionName: string): Promise<void> {
    if (!this.concerns(functionName)) {
      return;
    }
    if (this.#functionName === undefined) {
      this.#functionName = functionName;
      this.#begun = this.#begin(functionName);
    }
    await this.#begun;
  }

  async #begin(functionName: string): Promise<void> {
    const isRunning = await this.#lambda.reload(functionName);
    if (!isRunning) {
      // Nothing but its archive is known.
      this.run(this.#lambda.find(functionName));
    }
  }

  /** Runs a function from now on as it was deployed, if it is the one that is inspected. */
  run(deployed: DeployedFunction): void {
    if (deployed.settings.name !== this.#functionName) {
      return;
    }
    const isFirst = this.#deployed === undefined;
    this.#lambda.pool.retire(deployed);
    this.#deployed = deployed;
    void this.#renew();
    if (isFirst) {
      this.#options?.onStarted(deployed);
    }
  }

  /** @throws AwsError `TooManyRequestsException` as the pool does, or when Lambda stops. */
  async acquire(deployed: DeployedFunction, kind?: InvocationKind): Promise<ExecutionEnvironment> {
    if (deployed.settings.name !== this.#functionName) {
      return this.#lambda.pool.acquire(deployed, kind);
    }
    const endTurn = await this.#nextTurn();
    const current = deployed.version === latest ? this.#deployed : undefined;
    const environment = await this.#provide(current ?? deployed);
    if (environment === undefined) {
      endTurn();
      throw rateExceeded();
    }
    this.#endTurn = endTurn;
    return environment;
  }

  release(environment: ExecutionEnvironment): void {
    if (environment === this.#environment) {
      this.#endTurn();
    } else {
      this.#lambda.pool.release(environment);
    }
  }

  /** Ends the processes of a function that was replaced or deleted; those that still work, once they have answered. */
  retire(deployed: DeployedFunction): void {
    this.#lambda.pool.retire(deployed);
    if (deployed === this.#deployed) {
      this.#deployed = undefined;
      void this.#renew();
    }
  }

  /** Resolves once no process of the function is left. */
  async ended(deployed: DeployedFunction): Promise<void> {
    await this.#lambda.pool.ended(deployed);
    if (deployed === this.#environment?.deployed) {
      await this.#environment.ended;
    }
  }

  /** Ends every process and waits until all are gone. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([this.#lambda.pool.stop(), this.#environment?.kill()]);
  }

  /** Takes a turn as soon as the process is free, and starts the one that is wanted then. */
  async #renew(): Promise<void> {
    const endTurn = await this.#nextTurn();
    await this.#provide(this.#deployed);
    endTurn();
  }

  async #nextTurn(): Promise<() => void> {
    const former = this.#turn;
    let endTurn: () => void = () => undefined;
    this.#turn = new Promise((resolve) => {
      endTurn = resolve;
    });
    await former;
    return endTurn;
  }

  /** @returns the process that runs `deployed`, which is the only one; none once Lambda stops. */
  async #provide(
    deployed: DeployedFunction | undefined,
  ): Promise<ExecutionEnvironment | undefined> {
    const former = this.#environment;
    if (former?.isUsable && former.deployed === deployed) {
      return this.#isStopped ? undefined : former;
    }
    // Its port is free only then.
    await former?.kill();
    this.#environment =
      this.#isStopped || deployed === undefined || this.#options === undefined
        ? undefined
        : this.#lambda.create(deployed, this.#options.port);
    return this.#environment;
  }
}
