import { createRequire } from "node:module";

import {
  createKey,
  type Entries,
  itemSize,
  mapPaths,
  type Store,
  type StoredTable,
} from "dynalite/db";

import { type CheckedInput, promised } from "./action";
import { type IndexedTable, requireFilled } from "./change-indexes";
import { holds } from "./condition";
import { consumedCapacity } from "./consumed-capacity";
import { partsOf } from "./equal-values";
import { invalidParameters, validationError } from "./errors";
import type { AttributeMap } from "./operation-input";
import { projectedNames } from "./table-definition";

/** Bytes of items, after which the rest is left for the next page. */
const maxPageBytes = 1024 * 1024;

/** What dynalite calls, once it has checked an input, to perform Query and Scan. */
type QueryTable = (typeof import("dynalite/db"))["queryTable"];

/** What is to be read. */
interface Search {
  store: Store;
  table: StoredTable;
  input: CheckedInput;
  /** Whether the index is a local one, if there is an index. */
  isLocal: boolean;
  /** Whether the index has but a part of what is asked for of each item. */
  isPartial: boolean;
}

/** What was read before anything is left out. */
interface Page {
  items: AttributeMap[];
  /** Of what was searched: the items, or an index. */
  entries: AttributeMap[];
  /** Whether there may be more behind the last item. */
  isFull: boolean;
}

const load = createRequire(__filename);

/**
 * Makes dynalite read what queries and scans are for by `readTable`. What it does itself, by streams and a library
 * for lazy lists, takes twice the time, and leaves all items behind for the slow collection of garbage. Its filters
 * lack what `holds` knows.
 */
export function replaceQueries(): void {
  (load("dynalite/db") as { queryTable: QueryTable }).queryTable = (...given) => {
    const [store, table, input, range, isLocal, isPartial, keyNames, done] = given;
    const search = { store, table, input, isLocal: isLocal === true, isPartial };
    readRange(search, range, keyNames).then(
      (output) => {
        done(null, output);
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  };
}

async function readRange(
  search: Search,
  range: object,
  keyNames: readonly string[],
): Promise<object> {
  const { table, input, isPartial } = search;
  requireRestartable(search);
  if (input.IndexName !== undefined) {
    requireFilled(table as IndexedTable, input.IndexName);
  }
  const whole = { ...search, isPartial: isPartial || asksForMore(search) };
  return readTable(whole, entriesOf(search).createValueStream(range), keyNames);
}

/**
 * A partition of a table without a sort key has nothing behind its one item.
 *
 * @throws AwsError `ValidationException`.
 */
function requireRestartable({ table, input }: Search): void {
  const { ExclusiveStartKey: start, KeyConditions, IndexName } = input;
  if (start && KeyConditions && IndexName === undefined && table.KeySchema.length === 1) {
    const parts = Object.entries(start).map(([name, value]) => {
      const [type, content] = partsOf(value);
      return `${name}=AttributeValue: {${type}:${String(content)}}`;
    });
    throw validationError(
      `The provided exclusive start key is invalid: ExclusiveStartKey: {${parts.join(", ")}}`,
    );
  }
}

/**
 * Whether attributes are asked for that the index lacks. Of a local one they are read from the table.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#DDB-Query-request-Select
 *
 * @throws AwsError `ValidationException` of a global one.
 */
function asksForMore({ table, input, isLocal }: Search): boolean {
  const { IndexName, _projection: projection } = input;
  const { LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } =
    table as IndexedTable;
  const index = (isLocal ? local : global).find((each) => each.IndexName === IndexName);
  const names = index && projectedNames(index, table as IndexedTable);
  const asked = (projection?.paths ?? []).map(([name]) => name);
  const lacking = names ? asked.filter((name) => !names.has(name)) : [];
  if (lacking.length > 0 && !isLocal) {
    throw invalidParameters(
      `Global secondary index ${IndexName} does not project [${[...new Set(lacking)].join(", ")}]`,
    );
  }
  return lacking.length > 0;
}

/**
 * Reads a page of a table or of an index.
 *
 * @param chunks what there is, in order.
 * @param keyNames attributes that say where the next page begins.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 */
async function readTable(
  search: Search,
  chunks: AsyncIterable<readonly unknown[]>,
  keyNames: readonly string[],
): Promise<object> {
  const { _filter: filter, _projection: projection, Select } = search.input;
  const { items, entries, isFull } = await readPage(search, chunks);
  const last = items.at(-1);
  const passing = filter ? items.filter((item) => holds(filter.expression, item)) : items;
  const paths = projection?.paths;
  return {
    ScannedCount: items.length,
    ...(isFull && last && { LastEvaluatedKey: partOf(last, keyNames) }),
    Count: passing.length,
    ...(Select !== "COUNT" && {
      Items: paths ? passing.map((item) => mapPaths(paths, item)) : passing,
    }),
    ...consumedCapacity(search.input, {
      items: search.input.IndexName === undefined || search.isPartial ? items : [],
      entries: search.input.IndexName === undefined ? [] : entries,
      isLocal: search.isLocal,
    }),
  };
}

function entriesOf({ store, input, isLocal }: Search): Entries {
  const { TableName = "", IndexName } = input;
  return IndexName === undefined
    ? store.getItemDb(TableName)
    : store.getIndexDb(isLocal ? "local" : "global", TableName, IndexName);
}

async function readPage(search: Search, chunks: AsyncIterable<readonly unknown[]>): Promise<Page> {
  const { Limit = Number.POSITIVE_INFINITY } = search.input;
  const sortKey = search.table.KeySchema[1]?.AttributeName;
  const page: Page = { items: [], entries: [], isFull: false };
  let bytes = 0;
  for await (const chunk of chunks) {
    const entries = chunk as AttributeMap[];
    for (const [index, item] of (await itemsOf(search, entries)).entries()) {
      if (page.isFull) {
        return page;
      }
      page.items.push(item);
      page.entries.push(entries[index] ?? {});
      bytes += itemSize(item, true, true, sortKey);
      page.isFull = page.items.length >= Limit || bytes >= maxPageBytes;
    }
  }
  return page;
}

/** The items that entries are of. */
async function itemsOf(
  { store, table, input, isPartial }: Search,
  entries: readonly AttributeMap[],
): Promise<readonly AttributeMap[]> {
  if (!isPartial) {
    return entries;
  }
  const items = store.getItemDb(input.TableName ?? "");
  const read = async (entry: AttributeMap) =>
    promised<unknown>((done) => {
      items.get(createKey(entry, table), done);
    });
  return (await Promise.all(entries.map(read))) as AttributeMap[];
}

function partOf(item: AttributeMap, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
