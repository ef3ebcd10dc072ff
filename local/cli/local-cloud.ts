import type { Host } from "../aws/http";
import type { InspectionOptions } from "../aws/lambda/inspection";
import type { CodeOrigin } from "../aws/lambda/replaced-code";
import type { LambdaOptions } from "../aws/lambda/lambda-options";
import type { Notify } from "../aws/notice";
import type { Recorder } from "../aws/recorder";
import type { Account, FaultInjector, ServiceOptions } from "../aws/types";
import type { ResourceProvider } from "../engine/resource-provider";
import type { PageSources } from "../page/sources";
import type { Inventory } from "../provider/inventory";
import type { Traces } from "../trace/traces";
import type { WatchedFunctions } from "../watch/swaps";

/** The functions of a local cloud. */
export interface LocalFunctions extends WatchedFunctions {
  /** Says where a function's code comes from, as the program has it now. */
  setCodeOrigin(name: string, origin: CodeOrigin): void;
  /** Lets people follow one function with a debugger. */
  inspect(options: InspectionOptions): Promise<void>;
  /** What an invocation of a function waits for before it gets its code. */
  awaited: (functionName: string) => Promise<void> | undefined;
}

/** A local cloud that is up. */
export interface LocalCloud {
  provider: ResourceProvider;
  /** What exists in it, or existed when it was last stopped. */
  inventory: Inventory;
  /** What has happened lately. */
  traces: Traces;
  /** Where its services listen now, by name; written to `endpoints.json`. */
  readonly endpoints: Readonly<Record<string, unknown>>;
  /** What the page shows of it. */
  readonly page: PageSources;
  /** Its functions, whose code can be replaced while they run. */
  readonly functions: LocalFunctions;
  /**
   * Takes up the work that an earlier run left. To be called once all resources of the program are
   * there.
   */
  resume(): void;
  /** Stops all services and the processes that they started. */
  stop(): Promise<void>;
}

export interface CloudOptions {
  /** The port of the API; 0 takes any free one. */
  port: number;
  dataDir: string;
  account: Account;
  notify: Notify;
  /** What calls of functions and clients fail by. Default: nothing. */
  faults?: FaultInjector;
  /** Where its services listen. Default: for this machine alone. */
  host?: Host;
  /** By which time CloudWatch is to go. Default: this machine's. */
  cloudwatch?: Pick<ServiceOptions, "clock">;
  /** How Lambda is to run functions in another way. */
  lambda?: Pick<LambdaOptions, "archiveDir" | "backoff" | "maxEnvironments" | "sourceDir">;
}

/** What a cloud goes by that records what happens in it. */
export interface RecordedOptions extends CloudOptions {
  recorder: Recorder;
}

export type StartCloud = (options: CloudOptions) => Promise<LocalCloud>;
