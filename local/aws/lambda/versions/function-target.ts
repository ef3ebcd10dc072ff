import type { EventInvokeConfig, EventInvokeSettings } from "../event-invoke-config";
import type { ResourcePolicy } from "../resource-policy";
import type { Alias } from "./alias";
import type { FunctionVersion } from "./function-version";

/** Who may invoke a function under one of its ARNs, and what becomes of the events that it gets there. */
export interface TargetSettings {
  policy: ResourcePolicy;
  eventInvoke: EventInvokeSettings;
  /** What `eventInvoke` was made of, and when; none: it has the defaults. */
  eventInvokeSet?: { config: EventInvokeConfig; at: Date } | undefined;
}

/** What a reference to a function names: the function itself, one of its versions, or an alias. */
export interface FunctionTarget {
  /** The function's. */
  name: string;
  /** A version or an alias. None: the function as it is now. */
  qualifier: string | undefined;
  /** With the qualifier, if there is one. */
  arn: string;
  /** Of an alias, the version that it points to, whatever it routes elsewhere. */
  version: FunctionVersion;
  /** Only of an alias. */
  alias: Alias | undefined;
  settings: TargetSettings;
}
