import type { PriorResource } from "./prior-state";
import type { RegisteredResource } from "./registered-resource";

/** What happens while a program runs. */
export type EngineEvent = CreatedEvent | DeletedEvent | DiagnosticEvent;

/** A resource exists now. */
export interface CreatedEvent {
  kind: "created";
  resource: RegisteredResource;
  /** True where the provider does not emulate the type. */
  onlyRecorded: boolean;
  /** How long its creation took. */
  seconds: number;
}

/** A resource of an earlier run exists no more, or is left to itself. */
export interface DeletedEvent {
  kind: "deleted";
  resource: PriorResource;
  /** How long its deletion took. */
  seconds: number;
}

/** A message of the program or about one of its resources. It may have several lines. */
export interface DiagnosticEvent {
  kind: "diagnostic";
  severity: "info" | "warning" | "error";
  message: string;
  /** The resource that it is about; absent where that is the stack. */
  urn?: string;
}
