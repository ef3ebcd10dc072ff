import { itemSize } from "dynalite/db";

import type { CheckedInput } from "./action";
import type { AttributeMap } from "./operation-input";

/** Bytes of one unit of a read that sees all writes; of others it is twice as much. */
const unitBytes = 4096;

/** What was read, of each place. */
interface Reads {
  /** Items of the table. */
  items: readonly AttributeMap[];
  /** Entries of the index. */
  entries: readonly AttributeMap[];
  isLocal: boolean;
}

/**
 * What a query or scan says that it has consumed, if it was asked for.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html
 */
export function consumedCapacity(
  { TableName, IndexName, ConsistentRead, ReturnConsumedCapacity: asked }: CheckedInput,
  { items, entries, isLocal }: Reads,
): { ConsumedCapacity?: object } {
  if (asked !== "TOTAL" && asked !== "INDEXES") {
    return {};
  }
  const unitsOf = (read: readonly AttributeMap[]): number => {
    const bytes = read.reduce((sum, item) => sum + itemSize(item), 0);
    return Math.ceil(bytes / unitBytes) * (ConsistentRead === true ? 1 : 0.5);
  };
  const [ofTable, ofIndex] = [unitsOf(items), unitsOf(entries)];
  const indexes = isLocal ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes";
  return {
    ConsumedCapacity: {
      CapacityUnits: ofTable + ofIndex,
      TableName,
      ...(asked === "INDEXES" && {
        Table: { CapacityUnits: ofTable },
        ...(IndexName !== undefined && { [indexes]: { [IndexName]: { CapacityUnits: ofIndex } } }),
      }),
    },
  };
}
