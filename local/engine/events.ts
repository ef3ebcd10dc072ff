import type { RegisteredResource } from "./registered-resource";

/** What happens while a program runs. */
export type EngineEvent = CreatedEvent | DiagnosticEvent;

/** A resource exists now. */
export interface CreatedEvent {
  kind: "created";
  resource: RegisteredResource;
  /** True where the provider does not emulate the type. */
  onlyRecorded: boolean;
  /** How long its creation took. */
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
