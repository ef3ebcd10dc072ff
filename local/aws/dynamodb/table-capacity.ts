import type {
  SecondaryIndex,
  TableDefinition,
  TableDescription,
  Throughput,
} from "./table-definition";

/** What is told of the capacity of a table, or of one of its indexes. */
interface Capacity {
  ProvisionedThroughput: Throughput & { NumberOfDecreasesToday: number };
  WarmThroughput: { ReadUnitsPerSecond: number; WriteUnitsPerSecond: number; Status: "ACTIVE" };
}

/** What is told besides of a table that is, or was, on demand. */
interface Billing {
  BillingModeSummary?: {
    BillingMode: TableDefinition["BillingMode"];
    /** Seconds since 1970. None while the table is being made. */
    LastUpdateToPayPerRequestDateTime?: number | undefined;
  };
}

/** An index while it is being made, or after. */
interface ShownIndex extends SecondaryIndex {
  IndexStatus?: string;
  WarmThroughput?: object;
}

/** A table while it is being made, or after. */
interface ShownTable extends Billing {
  TableStatus: string;
  GlobalSecondaryIndexes?: ShownIndex[];
  WarmThroughput?: object;
}

/** What a new table on demand takes in a second. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html */
const onDemand = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

/**
 * What DescribeTable tells of a table's capacity: as it is declared now, for dynalite keeps the one that the table
 * was made with.
 *
 * @param stored what dynalite keeps. When a table has changed to a capacity on demand later on is not kept.
 */
export function tableCapacity(table: TableDefinition, stored: TableDescription): object {
  const { BillingMode } = table;
  const wasOnDemand = stored.BillingModeSummary !== undefined;
  const billing: Billing = {
    BillingModeSummary: {
      BillingMode,
      LastUpdateToPayPerRequestDateTime: stored.CreationDateTime,
    },
  };
  return {
    ...capacityOf(table, table.ProvisionedThroughput),
    ...((wasOnDemand || BillingMode === "PAY_PER_REQUEST") && billing),
  };
}

/** The same of a global index. */
export function indexCapacity(table: TableDefinition, indexName: string): Capacity {
  const index = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
  return capacityOf(table, index?.ProvisionedThroughput);
}

function capacityOf({ BillingMode }: TableDefinition, declared: Throughput | undefined): Capacity {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = declared ?? {};
  const provisioned = {
    ReadUnitsPerSecond: ReadCapacityUnits,
    WriteUnitsPerSecond: WriteCapacityUnits,
  };
  return {
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits, WriteCapacityUnits },
    WarmThroughput: {
      ...(BillingMode === "PAY_PER_REQUEST" ? onDemand : provisioned),
      Status: "ACTIVE",
    },
  };
}

/**
 * A table as CreateTable answers it, which is before it is warm, and before it is on demand.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export function beingMade(table: ShownTable): ShownTable {
  const { BillingModeSummary: summary, GlobalSecondaryIndexes: indexes } = table;
  return {
    ...table,
    TableStatus: "CREATING",
    WarmThroughput: undefined,
    ...(summary && {
      BillingModeSummary: { ...summary, LastUpdateToPayPerRequestDateTime: undefined },
    }),
    ...(indexes && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        ...index,
        IndexStatus: "CREATING",
        WarmThroughput: undefined,
      })),
    }),
  };
}

/** A table as UpdateTable answers it, which is before its indexes are there, or gone. */
export function beingUpdated(before: ShownTable, after: ShownTable): ShownTable {
  const { GlobalSecondaryIndexes: former = [] } = before;
  const { GlobalSecondaryIndexes: indexes = [] } = after;
  const has = (list: readonly ShownIndex[], { IndexName }: ShownIndex) =>
    list.some((index) => index.IndexName === IndexName);
  const shown = [
    ...indexes.map((index) =>
      has(former, index) ? index : { ...index, IndexStatus: "CREATING", Backfilling: false },
    ),
    ...former
      .filter((index) => !has(indexes, index))
      .map((index) => ({ ...index, IndexStatus: "DELETING" })),
  ];
  return {
    ...after,
    TableStatus: "UPDATING",
    ...(shown.length > 0 && { GlobalSecondaryIndexes: shown }),
  };
}
