import type { EventSourceSettings } from "./event-source-mapping";

/** An event source mapping as it is. */
export interface RunningMapping {
  settings: EventSourceSettings;
  functionArn: string;
  modifiedAt: Date;
  /** What the last batch came to. */
  lastResult: string;
}

/** What there is of event source mappings. */
export interface MappingRegistry {
  /** All of them, by UUID. */
  all(): RunningMapping[];
  find(uuid: string): RunningMapping | undefined;
}
