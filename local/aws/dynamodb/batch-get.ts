import { itemSize, type Store } from "dynalite/db";

import { act, type CheckedInput } from "./action";
import { mayBeNoKey } from "./index-keys";
import { addressOf } from "./item-lock";
import type { AttributeMap } from "./operation-input";

/** Bytes of items in an answer. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const maxBytes = 16 * 1024 * 1024;

/** What a batch asks of one table. */
interface TableReads extends Pick<CheckedInput, "_projection" | "ConsistentRead"> {
  Keys: AttributeMap[];
}

/** The input of BatchGetItem. */
export interface BatchGet {
  RequestItems: Readonly<Record<string, TableReads>>;
  ReturnConsumedCapacity?: string;
}

interface Read {
  table: string;
  key: AttributeMap;
  item: AttributeMap | undefined;
  capacityUnits: number;
}

interface GetOutput {
  Item?: AttributeMap;
  ConsumedCapacity?: { CapacityUnits: number };
}

/**
 * Performs `BatchGetItem`: dynalite answers a megabyte at most, and forgets in `UnprocessedKeys` what was
 * asked of items.
 *
 * @param checked the same as `asked`, with its expressions parsed.
 * @throws AwsError what DynamoDB would answer.
 */
export async function batchGet(store: Store, asked: BatchGet, checked: BatchGet): Promise<object> {
  const { RequestItems, ReturnConsumedCapacity } = checked;
  const tables = Object.keys(RequestItems);
  const reads = await Promise.all(
    Object.entries(RequestItems).flatMap(([table, { Keys, ...how }]) =>
      Keys.map(async (key): Promise<Read> => {
        const input = { ...how, TableName: table, Key: key, ReturnConsumedCapacity };
        const output = (await getItem(store, input)) as GetOutput;
        const { Item: item, ConsumedCapacity } = output;
        return { table, key, item, capacityUnits: ConsumedCapacity?.CapacityUnits ?? 0 };
      }),
    ),
  );
  const { answered, left } = divided(reads);
  const itemsOf = (table: string) =>
    shuffled(answered.flatMap((read) => (read.table === table && read.item ? [read.item] : [])));
  const detail = ReturnConsumedCapacity ?? "NONE";
  return {
    Responses: Object.fromEntries(tables.map((table) => [table, itemsOf(table)])),
    UnprocessedKeys: unprocessed(asked, left),
    ...(detail !== "NONE" && {
      ConsumedCapacity: tables.map((table) => consumed(table, answered, detail)),
    }),
  };
}

/** Performs `GetItem`, whose key may be as long as that of a write, which dynalite does not look at. */
export async function getItem(store: Store, input: CheckedInput): Promise<object> {
  if (Object.values(input.Key ?? {}).some(mayBeNoKey)) {
    await addressOf(store, input);
  }
  return act(store, "GetItem", input);
}

/** The reads whose items fit into an answer, and the others; each answer has an item, so that batches come to an end. */
function divided(reads: readonly Read[]): { answered: Read[]; left: Read[] } {
  const [answered, left]: [Read[], Read[]] = [[], []];
  let bytes = 0;
  for (const read of reads) {
    bytes += read.item ? itemSize(read.item) : 0;
    (bytes > maxBytes ? left : answered).push(read);
  }
  return { answered, left };
}

function unprocessed({ RequestItems }: BatchGet, left: readonly Read[]): BatchGet["RequestItems"] {
  const entries = Object.entries(RequestItems).flatMap(([table, reads]) => {
    const Keys = left.filter((read) => read.table === table).map(({ key }) => key);
    return Keys.length > 0 ? [[table, { ...reads, Keys }] as const] : [];
  });
  return Object.fromEntries(entries);
}

function consumed(table: string, answered: readonly Read[], detail: string) {
  const CapacityUnits = answered
    .filter((read) => read.table === table)
    .reduce((sum, { capacityUnits }) => sum + capacityUnits, 0);
  return {
    TableName: table,
    CapacityUnits,
    ...(detail === "INDEXES" && { Table: { CapacityUnits } }),
  };
}

/** DynamoDB answers in no order. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
