import type { EventInvokeSettings } from "./event-invoke-config";
import type { MappingRegistry } from "./event-sources/running-mapping";
import type { DeployedFunction } from "./execution-environment";
import type { ResourcePolicy } from "./resource-policy";
import type { FunctionUrls } from "./urls/function-urls";

/** A function, who may invoke it, and what becomes of its events. */
export interface RegisteredFunction {
  deployed: DeployedFunction;
  policy: ResourcePolicy;
  eventInvoke: EventInvokeSettings;
  /** When `eventInvoke` was set; none: it has the defaults. */
  eventInvokeSetAt?: Date | undefined;
}

/** What there is of functions. */
export interface FunctionRegistry {
  readonly urls: Pick<FunctionUrls, "find">;
  readonly eventSources: MappingRegistry;
  functions(): DeployedFunction[];
  /** @throws AwsError `ResourceNotFoundException`. */
  find(reference: string): RegisteredFunction;
}
