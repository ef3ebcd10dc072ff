import { AwsError } from "../aws-error";
import { resourceNotFound } from "./errors";
import type { TableDefinition, TableDescription } from "./table-definition";

/** What views look at besides. */
export interface ViewContext {
  clock: () => Date;
  /** The table as DescribeTable shows it. */
  describe: () => Promise<TableDescription>;
}

/** Shows what is declared of a table, if there is one of that name. */
type View = (
  name: string,
  table: TableDefinition | undefined,
  context: ViewContext,
) => object | Promise<object>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html */
const defaultPeriodDays = 35;
const delaySeconds = 5 * 60;
const daySeconds = 24 * 60 * 60;

/** What DescribeTable leaves out of a table, by the operation that shows it. */
export const views: Readonly<Record<string, View>> = {
  DescribeTimeToLive: (name, table) => {
    if (table === undefined) {
      throw resourceNotFound(`Table: ${name}`);
    }
    const { TimeToLiveAttribute: AttributeName } = table;
    return {
      TimeToLiveDescription:
        AttributeName === undefined
          ? { TimeToLiveStatus: "DISABLED" }
          : { TimeToLiveStatus: "ENABLED", AttributeName },
    };
  },
  DescribeContinuousBackups: async (name, table, context) => {
    if (table === undefined) {
      throw new AwsError("TableNotFoundException", `Table not found: ${name}`);
    }
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription:
          table.PointInTimeRecoveryEnabled === true
            ? await recoveryOf(table, context)
            : { PointInTimeRecoveryStatus: "DISABLED" },
      },
    };
  },
  ListTagsOfResource: (_name, table) => {
    if (table === undefined) {
      throw resourceNotFound();
    }
    // DynamoDB has ten tags on a page; a table has 50 at most, and here they come at once.
    return { Tags: table.Tags ?? [] };
  },
};

/** Of a table that could be restored since it was made: when that was enabled is not kept. */
async function recoveryOf(
  { RecoveryPeriodInDays = defaultPeriodDays }: TableDefinition,
  { clock, describe }: ViewContext,
): Promise<object> {
  const now = clock().getTime() / 1000;
  const { CreationDateTime: createdAt } = await describe();
  const earliest = Math.max(createdAt, now - RecoveryPeriodInDays * daySeconds);
  return {
    PointInTimeRecoveryStatus: "ENABLED",
    RecoveryPeriodInDays,
    EarliestRestorableDateTime: earliest,
    LatestRestorableDateTime: Math.max(earliest, now - delaySeconds),
  };
}
