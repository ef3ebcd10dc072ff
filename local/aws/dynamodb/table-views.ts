import { AwsError } from "../aws-error";
import { resourceNotFound, validationError } from "./errors";
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

/**
 * @param own the ARN of the table of that name.
 * @throws AwsError `ValidationException`, or `ResourceNotFoundException` for another account's or region's table.
 */
export function requireTableArn(arn: string, own: string): void {
  if (!arn.startsWith("arn:")) {
    throw validationError(`ARNs must start with 'arn:': ${arn}`);
  }
  if (tableNameIn(arn) === "") {
    throw validationError(`Invalid ResourceArn: ${arn} is not the ARN of a table`);
  }
  if (arn !== own) {
    throw resourceNotFound();
  }
}

/** The table that an ARN is of; empty if it is of none. */
export function tableNameIn(arn = ""): string {
  return /^arn:[^:]+:dynamodb:[^:]*:\d{12}:table\/([^/]+)$/.exec(arn)?.[1] ?? "";
}
