import type { DynamicState } from "./dynamic-provider";
import type { KeptTraits } from "./prior-state";

/** A dynamic resource that exists. */
export interface DynamicRecord extends DynamicState {
  type: string;
  urn: string;
  /** Absent where an earlier version has kept it. */
  traits?: KeptTraits;
}

/** The dynamic resources of a stack that exist. */
export interface DynamicRecords {
  /** In the order of their creation. */
  all(): DynamicRecord[];
  /** Keeps a resource in place of `replaced`; without it, beside all others. */
  put(record: DynamicRecord, replaced?: DynamicRecord): void;
  remove(record: DynamicRecord): void;
}

/** Of a run after which nothing stays. */
export class NoRecords implements DynamicRecords {
  all(): DynamicRecord[] {
    return [];
  }

  put(): void {
    // Nobody will ask for it.
  }

  remove(): void {
    // There is none.
  }
}
