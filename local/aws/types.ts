import type { Host } from "./http";
import type { Principal } from "./iam/types";
import type { Notify } from "./notice";
import type { Recorder, RequestRecord } from "./recorder";

/** The account that the local cloud plays. */
export interface Account {
  /** Twelve digits. */
  accountId: string;
  /** Such as `us-east-1`. */
  region: string;
  /** Such as `aws`. */
  partition: string;
}

/** A service of the local cloud. `start` is called once, `stop` any number of times. */
export interface Service {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What every service is made with. */
export interface ServiceOptions {
  account: Account;
  /** Folder for what the service keeps over restarts; it is the service's own. */
  dataDir: string;
  notify: Notify;
  /** The time; tests pass their own. */
  clock: () => Date;
  /** What calls from outside fail by. Default: nothing. */
  faults?: FaultInjector;
  /** Is told what happens. Default: nobody. */
  recorder?: Recorder | undefined;
  /** Where the service listens. Default: for this machine alone. */
  host?: Host;
}

/**
 * What goes wrong with one call. With `error` and `throttle`, the service refuses it and nothing has
 * happened; with `drop`, it is carried out and the connection is cut before the reply; with `crash`,
 * the process of a function is killed during the invocation; with `conflict`, DynamoDB refuses it because
 * another transaction is in its way.
 */
export type FaultKind = "error" | "throttle" | "drop" | "crash" | "conflict";

/** A fault that hits one call. */
export interface Fault {
  kind: FaultKind;
  /**
   * When a crash happens, as a part of the time that the call takes; or which of a transaction's items
   * is in conflict: from 0 to below 1.
   */
  moment: number;
}

/** Decides which calls fail. It is asked once for each call. */
export interface FaultInjector {
  /**
   * @param service such as `s3`.
   * @param operation its name in the service's API, such as `PutObject`.
   */
  decide(service: string, operation: string): Fault | undefined;
}

/** Receives the metrics that services publish about themselves. */
export interface MetricSink {
  put(datum: MetricDatum): void;
}

/** One measurement, as CloudWatch's PutMetricData takes it. */
export interface MetricDatum {
  /** Such as `AWS/Lambda`. */
  namespace: string;
  /** Such as `Errors`. */
  name: string;
  dimensions: Readonly<Record<string, string>>;
  value: number;
  /** Such as `Milliseconds`, by CloudWatch's names. `@default` none is told */
  unit?: string;
  /** When it was measured, in milliseconds since 1970. `@default` now */
  at?: number;
}

/** Receives log events. */
export interface LogSink {
  /**
   * Appends lines to a stream of a log group.
   *
   * @param group the log group's name, such as `/aws/lambda/resize`.
   * @param times when each line was written, in their order. Default: now.
   * @throws AwsError `ResourceNotFoundException` when there is no such group.
   */
  append(group: string, stream: string, lines: readonly string[], times?: readonly Date[]): void;
}

/** The event bus of the account, on which services say what happens to them. */
export interface ServiceBus {
  /** Resolves when whoever is to hear of the event has it. */
  emit(event: ServiceEvent): Promise<void>;
}

/** What a service says on the account's event bus. */
export interface ServiceEvent {
  /** Such as `aws.s3`. */
  source: `aws.${string}`;
  detailType: string;
  /** ARNs of what it is about. */
  resources: readonly string[];
  detail: Readonly<Record<string, unknown>>;
}

/** Invokes Lambda functions on behalf of other services. */
export interface FunctionInvoker {
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /**
   * Whether people follow a function, by name or ARN, with a debugger, so that whoever waits for it must
   * wait as long as it takes. Default: none.
   */
  isInspected?(functionName: string): boolean;
}

/** One Lambda invocation. */
export interface InvokeRequest {
  /** Name or ARN, with or without a qualifier. */
  functionName: string;
  /** JSON text. */
  payload: string;
  /** JSON text of what a client tells of itself, for a function that is waited for. Default none. */
  clientContext?: string | undefined;
  /** Whether the payload was made of a value, so that it is JSON without a look at it. Default false. */
  isSerialized?: boolean;
  /** `RequestResponse` waits for the result, `Event` only for the event to be queued. */
  invocationType: "RequestResponse" | "Event";
  /** Who invokes: a service needs a `lambda:Permission`, a role a policy. */
  principal: Principal;
  /** ARN of the resource on whose behalf a service invokes; `aws:SourceArn` of the permission. */
  sourceArn?: string;
  /** What it is invoked for. Default: the invocation itself is a request. */
  record?: RequestRecord | undefined;
}

/** What came of an invocation; an error of the function is a result, not an exception. */
export interface InvokeResult {
  /** 200, or 202 for an event that was queued. */
  statusCode: number;
  /** Set when the function threw, timed out or its process ended. */
  functionError?: "Handled" | "Unhandled";
  /** JSON text. */
  payload: string;
}
