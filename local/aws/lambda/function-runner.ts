import { AwsError } from "../aws-error";
import { randomId } from "../random-id";
import type { InvocationEnd, Recorder, RequestRecord } from "../recorder";
import type { Fault, FaultInjector, MetricSink } from "../types";
import type { EnvironmentPool, InvocationKind } from "./environment-pool";
import type { DeployedFunction, Execution } from "./execution-environment";
import { traceOf } from "./function-response";
import { metricDimensions, ofAllFunctions, type MetricDimensions } from "./metric-dimensions";
import { shownMessage } from "./told-error";
import type { FunctionTarget } from "./versions/function-target";

/** What a runner needs. */
export interface RunnerOptions {
  pool: Pick<EnvironmentPool, "acquire" | "release">;
  /** How many invocations of a function may run at a time, of all its versions. None: it is not limited. */
  reservedConcurrencyOf: (functionName: string) => number | undefined;
  metrics: MetricSink;
  clock: () => Date;
  /** What invocations fail by, those by other services too. Default: nothing. */
  faults?: FaultInjector;
  /** Is told of invocations that are part of a request. Default: nobody. */
  recorder?: Recorder | undefined;
}

/** What a function is to be run with. */
export interface InvocationRequest {
  requestId: string;
  /** JSON text. */
  payload: string;
  /** JSON text of what a client tells of itself. Default none. */
  clientContext?: string | undefined;
  /** What was invoked of the function. */
  target: InvokedTarget;
  /** What it is run for. */
  record?: RequestRecord | undefined;
  /** Default: a request. */
  kind?: InvocationKind;
}

/** What of a target is told to the function, and in metrics. */
export type InvokedTarget = Pick<FunctionTarget, "alias" | "arn" | "name" | "qualifier">;

/** How long a function is expected to run that has not run yet, in milliseconds. */
const firstDurationMs = 100;

/** Runs invocations: keeps reserved concurrency, publishes metrics and makes faults known. */
export class FunctionRunner {
  readonly #options: RunnerOptions;
  /** By name: to a limit, those count too that run on code that was replaced. */
  readonly #running = new Map<string, number>();
  /** How long functions took the last time, in milliseconds. */
  readonly #durations = new Map<DeployedFunction, number>();
  readonly #executions = new Map<Promise<Execution>, DeployedFunction>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** @throws AwsError `TooManyRequestsException` when the function is throttled. */
  async run(deployed: DeployedFunction, request: InvocationRequest): Promise<Execution> {
    const fault = this.#options.faults?.decide("lambda", "Invoke");
    const { target } = request;
    if (fault?.kind === "throttle") {
      throw this.#throttle(deployed, target, "ConcurrentInvocationLimitExceeded");
    }
    const { name } = deployed.settings;
    const running = (this.#running.get(name) ?? 0) + 1;
    if (running > (this.#options.reservedConcurrencyOf(name) ?? Number.POSITIVE_INFINITY)) {
      const reason = "ReservedFunctionConcurrentInvocationLimitExceeded";
      throw this.#throttle(deployed, target, reason);
    }
    this.#running.set(name, running);
    this.#put([{ FunctionName: name }], "ConcurrentExecutions", running);
    const ofAll = [...this.#running.values()].reduce((sum, each) => sum + each, 0);
    this.#put([ofAllFunctions], "ConcurrentExecutions", ofAll);
    const execution = this.#runInEnvironment(deployed, request, fault);
    this.#executions.set(execution, deployed);
    try {
      return await execution;
    } finally {
      this.#executions.delete(execution);
      this.#running.set(name, (this.#running.get(name) ?? 1) - 1);
    }
  }

  /**
   * Resolves when no invocation runs any more.
   *
   * @param deployed of that function. Default: of any.
   */
  async settled(deployed?: DeployedFunction): Promise<void> {
    const all = [...this.#executions];
    const awaited = all.filter(([, each]) => deployed === undefined || each === deployed);
    await Promise.allSettled(awaited.map(([execution]) => execution));
  }

  async #runInEnvironment(
    deployed: DeployedFunction,
    { requestId, payload, clientContext, target, record, kind }: InvocationRequest,
    fault: Fault | undefined,
  ): Promise<Execution> {
    const { pool } = this.#options;
    const environment = await pool.acquire(deployed, kind).catch((error: unknown) => {
      this.#put(seriesOf(target, deployed), "Throttles", 1);
      throw error;
    });
    const traceId = this.#traceId(deployed);
    const invocation =
      record &&
      this.#options.recorder?.beginInvocation({
        request: record,
        functionName: deployed.settings.name,
        requestId,
        traceId,
        cold: environment.isCold,
      });
    let end: InvocationEnd | undefined;
    try {
      const crashAfterMs =
        fault?.kind === "crash" ? this.#crashAfterMs(deployed, fault) : undefined;
      const execution = await environment.run(
        { requestId, payload, clientContext, traceId, functionArn: target.arn },
        crashAfterMs,
      );
      if (crashAfterMs === undefined) {
        this.#durations.set(deployed, execution.durationMs);
      }
      end = endOf(deployed, execution);
      this.#report(deployed, target, requestId, execution);
      return execution;
    } finally {
      invocation?.end(end);
      pool.release(environment);
    }
  }

  #throttle(deployed: DeployedFunction, target: InvokedTarget, reason: string): AwsError {
    this.#put(seriesOf(target, deployed), "Throttles", 1);
    return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, { Reason: reason });
  }

  /** A moment of an invocation that takes as long as the last one did. */
  #crashAfterMs(deployed: DeployedFunction, { moment }: Fault): number {
    return moment * (this.#durations.get(deployed) ?? firstDurationMs);
  }

  #report(
    deployed: DeployedFunction,
    target: InvokedTarget,
    requestId: string,
    execution: Execution,
  ): void {
    const { error } = execution.response;
    const series = seriesOf(target, deployed);
    this.#put(series, "Invocations", 1);
    this.#put(series, "Errors", error === undefined ? 0 : 1);
    this.#put(series, "Throttles", 0);
    this.#put(series, "Duration", execution.durationMs);
    if (error !== undefined) {
      const { errorType, errorMessage } = error;
      const subject = `Function ${deployed.settings.name} failed`;
      deployed.errors.tell(
        { name: errorType, message: errorMessage, stack: traceOf(error) },
        (summary) => `${subject}: ${summary} (request ${requestId})`,
        { functionName: deployed.settings.name, requestId },
      );
    }
  }

  #put(series: readonly MetricDimensions[], name: string, value: number): void {
    for (const dimensions of series) {
      const unit = name === "Duration" ? "Milliseconds" : "Count";
      this.#options.metrics.put({ namespace: "AWS/Lambda", name, dimensions, value, unit });
    }
  }

  /** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
  #traceId(deployed: DeployedFunction): string {
    const seconds = Math.floor(this.#options.clock().getTime() / 1000);
    const root = `1-${seconds.toString(16).padStart(8, "0")}-${randomId(12, "hex")}`;
    const sampled = deployed.settings.tracing === "Active" ? 1 : 0;
    return `Root=${root};Parent=${randomId(8, "hex")};Sampled=${sampled}`;
  }
}

function endOf({ frames }: DeployedFunction, execution: Execution): InvocationEnd {
  const { response, durationMs, initMs, logLines } = execution;
  const { error: failure } = response;
  const error = failure && {
    type: failure.errorType,
    message: shownMessage(failure.errorMessage),
    stack: () => frames.of(traceOf(failure)),
  };
  return { durationMs, initMs, logLines, ...(error && { error }) };
}

/** What a measurement of an invocation is part of. */
function seriesOf(target: InvokedTarget, { version }: DeployedFunction): MetricDimensions[] {
  return [...metricDimensions(target, version), ofAllFunctions];
}
