import { itemSize } from "dynalite/db";

import type { CheckedInput } from "./action";
import { type Capacity, indexKinds, sumOf, type TableCapacity } from "./index-capacity";
import type { AttributeMap, OperationInput } from "./operation-input";

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
  const unitsOf = (read: readonly AttributeMap[], isSearched: boolean): number => {
    const bytes = read.reduce((sum, item) => sum + itemSize(item), 0);
    // To find out that there is nothing takes as much as something small.
    const units = Math.max(Math.ceil(bytes / unitBytes), Number(isSearched));
    return units * (ConsistentRead === true ? 1 : 0.5);
  };
  const ofTable = unitsOf(items, IndexName === undefined);
  const ofIndex = unitsOf(entries, IndexName !== undefined);
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

/** What an action on one item tells of the capacity that it would take on its own. */
export interface Consumed {
  ConsumedCapacity?: TableCapacity;
}

/** DynamoDB reads and writes the items of a transaction twice. */
const transactionFactor = 2;

/**
 * What a transaction says that it has consumed of each table, if it was asked for.
 *
 * @param member that tells reads from writes.
 * @param actions consistent reads, or writes.
 */
export function transactionCapacity(
  { ReturnConsumedCapacity: asked }: OperationInput,
  member: "ReadCapacityUnits" | "WriteCapacityUnits",
  actions: readonly Consumed[],
): { ConsumedCapacity?: object[] } {
  const ofTables = new Map<string, TableCapacity>();
  for (const { ConsumedCapacity: consumed } of actions) {
    if (consumed) {
      const { TableName } = consumed;
      ofTables.set(TableName, sumOf(ofTables.get(TableName), consumed));
    }
  }
  if (ofTables.size === 0) {
    return {};
  }
  const twice = ({ CapacityUnits = 0 }: Partial<Capacity> = {}) => {
    const units = CapacityUnits * transactionFactor;
    return { CapacityUnits: units, [member]: units };
  };
  const ofIndexes = (consumed: TableCapacity) =>
    indexKinds.flatMap((kind) => {
      const entries = Object.entries(consumed[kind] ?? {});
      const indexes = entries.map(([name, units]) => [name, twice(units)] as const);
      return indexes.length === 0 ? [] : [[kind, Object.fromEntries(indexes)] as const];
    });
  return {
    ConsumedCapacity: [...ofTables.values()].map((consumed) => ({
      TableName: consumed.TableName,
      ...twice(consumed),
      ...(asked === "INDEXES" && {
        Table: twice(consumed.Table),
        ...Object.fromEntries(ofIndexes(consumed)),
      }),
    })),
  };
}
