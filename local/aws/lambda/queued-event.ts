import type { InvokeRequest } from "../types";
import { qualified } from "./function-name";

/** On whose behalf a service invokes a function. */
export interface EventCause {
  /** Such as `events.amazonaws.com`. */
  service: string;
  /** ARN of the resource, such as the rule. */
  sourceArn?: string | undefined;
}

/** An event that was accepted, as it is kept on disk. */
export interface QueuedEvent {
  requestId: string;
  functionName: string;
  /** The version or alias that was invoked. Absent if none was named. */
  qualifier?: string | undefined;
  /** JSON text. */
  payload: string;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  /** How often the function was run for it. */
  attempts: number;
  /** Absent if it is no service that invokes the function. */
  cause?: EventCause | undefined;
}

/** What an event is for, as Lambda finds it. */
export function referenceOf({
  functionName,
  qualifier,
}: Pick<QueuedEvent, "functionName" | "qualifier">): string {
  return qualified(functionName, qualifier);
}

/** Why a function is invoked. */
export function causeOf({
  principal,
  sourceArn,
}: Pick<InvokeRequest, "principal" | "sourceArn">): EventCause | undefined {
  return principal.kind === "service" ? { service: principal.service, sourceArn } : undefined;
}
