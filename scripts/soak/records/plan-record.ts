import type { Random } from "../random";

/** Something to do to a record. */
export interface PlannedRecord {
  kind: "record";
  does: "count" | "delete" | "get" | "list results" | "put";
  id: string;
  /**
   * Whether it is to be done only to what its client knows to be there: by `If-Match`, or `If-None-Match` where
   * nothing is. `wrong` is what is not there, so that nothing may be done.
   */
  condition: "none" | "right" | "wrong";
  /** What is put, but for the id. */
  fields: Readonly<Record<string, unknown>>;
}

/** Of records that are changed by one client after another; documents are processed over them. */
export const recordIds: readonly string[] = Array.from(
  { length: 20 },
  (_, index) => `soak/${index} 100% ä`,
);

/** Of records that are counted up. */
const counterIds = ["soak-counter-0", "soak-counter-1"];

/** Something to do by chance. */
export function planRecord(random: Random, name: string): PlannedRecord {
  const does = random.pick([
    ...(["put", "put", "put", "get", "get", "delete", "count", "count"] as const),
    "list results" as const,
  ]);
  return {
    kind: "record",
    does,
    id: random.pick(does === "count" ? counterIds : recordIds),
    condition: random.pick(["none", "right", "right", "wrong"]),
    fields: { label: name, size: random.next(), nested: { list: [name, null, 0.1] } },
  };
}
