import { AwsError } from "../aws-error";
import { resourceNotFound } from "./errors";
import type { TableDefinition } from "./table-definition";

/** Shows what is declared of a table, if there is one of that name. */
type View = (name: string, table: TableDefinition | undefined) => object;

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
  DescribeContinuousBackups: (name, table) => {
    if (table === undefined) {
      throw new AwsError("TableNotFoundException", `Table not found: ${name}`);
    }
    const status = table.PointInTimeRecoveryEnabled === true ? "ENABLED" : "DISABLED";
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
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
