import { itemSize, type Store } from "dynalite/db";

import type { CheckedInput } from "./action";
import { areEqual } from "./equal-values";
import { hasEntry } from "./index-entries";
import { tableOf } from "./item-lock";
import type { AttributeMap } from "./operation-input";
import type { StagedWrite } from "./staged-write";
import type { ItemChange } from "./streams/stream-record";
import { projectedNames, type SecondaryIndex, type TableDefinition } from "./table-definition";

/** Bytes of one unit of a write. */
const unitBytes = 1024;

/** The members that tell of the indexes of a table. */
export const indexKinds = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] as const;

/** What an operation has consumed of one thing. */
export interface Capacity {
  CapacityUnits: number;
}

/** What an operation has consumed of a table and its indexes, of which those alone are told that it concerns. */
export interface TableCapacity extends Capacity {
  TableName: string;
  Table?: Capacity;
  GlobalSecondaryIndexes?: Record<string, Capacity>;
  LocalSecondaryIndexes?: Record<string, Capacity>;
}

/**
 * Adds what a write has consumed of the indexes to what it tells of the table, if it was asked to tell.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 */
export async function withIndexCapacity(
  store: Store,
  { ReturnConsumedCapacity: asked }: CheckedInput,
  staged: StagedWrite,
): Promise<StagedWrite> {
  const output = staged.output as { ConsumedCapacity?: TableCapacity | TableCapacity[] };
  const { ConsumedCapacity: consumed } = output;
  if (consumed === undefined) {
    return staged;
  }
  const add = async (ofTable: TableCapacity): Promise<TableCapacity> => {
    const table = (await tableOf(store, ofTable.TableName)) as TableDefinition;
    const changes = staged.changes.filter(({ tableName }) => tableName === ofTable.TableName);
    return withIndexes(ofTable, table, changes, asked === "INDEXES");
  };
  const ConsumedCapacity = Array.isArray(consumed)
    ? await Promise.all(consumed.map(add))
    : await add(consumed);
  return { ...staged, output: { ...output, ConsumedCapacity } };
}

/** What two operations have consumed of one table. */
export function sumOf(one: TableCapacity | undefined, other: TableCapacity): TableCapacity {
  if (one === undefined) {
    return other;
  }
  const sum = { ...one, CapacityUnits: one.CapacityUnits + other.CapacityUnits };
  if (other.Table) {
    sum.Table = added(one.Table, other.Table);
  }
  for (const kind of indexKinds) {
    for (const [name, units] of Object.entries(other[kind] ?? {})) {
      sum[kind] = { ...sum[kind], [name]: added(sum[kind]?.[name], units) };
    }
  }
  return sum;
}

function added(one: Capacity | undefined, { CapacityUnits }: Capacity): Capacity {
  return { CapacityUnits: (one?.CapacityUnits ?? 0) + CapacityUnits };
}

function withIndexes(
  ofTable: TableCapacity,
  table: TableDefinition,
  changes: readonly ItemChange[],
  areTold: boolean,
): TableCapacity {
  let capacity = ofTable;
  for (const kind of indexKinds) {
    for (const index of table[kind] ?? []) {
      const CapacityUnits = changes.reduce((sum, each) => sum + unitsOf(index, table, each), 0);
      if (CapacityUnits > 0) {
        const { TableName } = ofTable;
        const told = areTold && { [kind]: { [index.IndexName]: { CapacityUnits } } };
        capacity = sumOf(capacity, { TableName, CapacityUnits, ...told });
      }
    }
  }
  return capacity;
}

/** An entry whose key changes is deleted and written anew. */
function unitsOf(index: SecondaryIndex, table: TableDefinition, change: ItemChange): number {
  const before = entryOf(change.before, index, table);
  const after = entryOf(change.after, index, table);
  const isMoved = before && after && !areSame(before, after, namesOf(index));
  if (before === undefined || after === undefined || isMoved) {
    return sizeOf(before) + sizeOf(after);
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return areSame(before, after, names) ? 0 : Math.max(sizeOf(before), sizeOf(after));
}

function sizeOf(entry: AttributeMap | undefined): number {
  return entry === undefined ? 0 : Math.ceil(itemSize(entry) / unitBytes);
}

function areSame(one: AttributeMap, other: AttributeMap, names: readonly string[]): boolean {
  return names.every((name) => areEqual(one[name], other[name]));
}

function namesOf({ KeySchema }: Pick<SecondaryIndex, "KeySchema">): string[] {
  return KeySchema.map(({ AttributeName }) => AttributeName);
}

/** What an index has of an item, if it has an entry. */
function entryOf(
  item: AttributeMap | undefined,
  index: SecondaryIndex,
  table: TableDefinition,
): AttributeMap | undefined {
  if (item === undefined || !hasEntry(item, index, table)) {
    return undefined;
  }
  const names = projectedNames(index, table);
  return names
    ? Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)))
    : item;
}
