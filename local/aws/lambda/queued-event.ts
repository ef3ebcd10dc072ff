import type { InvokeRequest } from "../types";

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
  /** JSON text. */
  payload: string;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  /** How often the function was run for it. */
  attempts: number;
  /** Absent if it is no service that invokes the function. */
  cause?: EventCause | undefined;
}

/** Why a function is invoked. */
export function causeOf({
  principal,
  sourceArn,
}: Pick<InvokeRequest, "principal" | "sourceArn">): EventCause | undefined {
  return principal.kind === "service" ? { service: principal.service, sourceArn } : undefined;
}
