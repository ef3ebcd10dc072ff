import { z } from "zod";

import { isObject } from "../../is-object";
import { parseInput } from "../parse-input";
import { resourceNotFound, validationError } from "./errors";
import type { OperationInput, TableInput, TransactItem } from "./operation-input";

/** Operations that are told a table by its ARN alone. */
const byResourceArn = new Set(["ListTagsOfResource", "TagResource", "UntagResource"]);
const resourceInput = z.object({ ResourceArn: z.string() });

/** Operations on one table that dynalite does not know, and does not check the names of. */
const byTableName = new Set([
  "DescribeContinuousBackups",
  "DescribeTimeToLive",
  "UpdateTable",
  "UpdateTimeToLive",
]);
const tableInput = z.object({ TableName: z.string().min(1).max(1024) });

/** An input that names tables, and the ARNs by which it was given them, by name. */
export interface NamedTables {
  input: OperationInput;
  arns: ReadonlyMap<string, string>;
}

/**
 * An input about a resource as one about the table that it is.
 *
 * @param arnOf the ARN of a table of the account.
 * @throws AwsError `ValidationException`, or `ResourceNotFoundException` for another account's or region's table.
 */
export function ofTable(
  operation: string,
  input: OperationInput,
  arnOf: (name: string) => string,
): OperationInput {
  if (byTableName.has(operation)) {
    parseInput(tableInput, input);
  }
  if (!byResourceArn.has(operation)) {
    return input;
  }
  const { ResourceArn: arn } = parseInput(resourceInput, input);
  if (!arn.startsWith("arn:")) {
    throw validationError(`ARNs must start with 'arn:': ${arn}`);
  }
  const TableName = tableNameIn(arn);
  if (TableName === "") {
    throw validationError(`Invalid ResourceArn: ${arn} is not the ARN of a table`);
  }
  if (arnOf(TableName) !== arn) {
    throw resourceNotFound();
  }
  return { ...input, TableName };
}

/** The table that an ARN is of; empty if it is of none. */
function tableNameIn(arn: string): string {
  return /^arn:[^:]+:dynamodb:[^:]*:\d{12}:table\/([^/]+)$/.exec(arn)?.[1] ?? "";
}

/**
 * Puts names of tables in place of their ARNs, by which tables may be given, too. The ARN of another account's or
 * region's table stays, and is no name.
 *
 * @param arnOf the ARN of a table of the account.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export function namedTables(input: OperationInput, arnOf: (name: string) => string): NamedTables {
  const arns = new Map<string, string>();
  const nameOf = (given: string): string => {
    const name = tableNameIn(given);
    if (arnOf(name) !== given) {
      return given;
    }
    arns.set(name, given);
    return name;
  };
  const named = <Input extends TableInput>(of: Input): Input =>
    of.TableName === undefined ? of : { ...of, TableName: nameOf(of.TableName) };
  const { RequestItems, TransactItems } = input;
  const renamed = {
    ...named(input),
    ...(RequestItems && { RequestItems: renameMembers(RequestItems, nameOf) }),
    ...(TransactItems && {
      TransactItems: TransactItems.map((item) => mapMembers(item, named)),
    }),
  };
  return arns.size === 0 ? { input, arns } : { input: renamed, arns };
}

/** Names tables in an output as the input did. */
export function withTableArns(output: object, arns: NamedTables["arns"]): object {
  if (arns.size === 0) {
    return output;
  }
  const given = (name: string): string => arns.get(name) ?? name;
  const consumed = (capacity: unknown): unknown =>
    isObject(capacity) ? { ...capacity, TableName: given(String(capacity.TableName)) } : capacity;
  const members = Object.entries(output).map(([name, member]: [string, unknown]) => {
    if (name === "ConsumedCapacity") {
      return [name, Array.isArray(member) ? member.map(consumed) : consumed(member)];
    }
    return byTable.has(name) && isObject(member)
      ? [name, renameMembers(member, given)]
      : [name, member];
  });
  return Object.fromEntries(members) as object;
}

/** Members of outputs that have a member for each table; transactions have a list instead. */
const byTable = new Set([
  "ItemCollectionMetrics",
  "Responses",
  "UnprocessedItems",
  "UnprocessedKeys",
]);

function renameMembers<Member>(
  object: Record<string, Member>,
  rename: (name: string) => string,
): Record<string, Member> {
  const members = Object.entries(object).map(([name, member]) => [rename(name), member] as const);
  // What is given by name and ARN at once keeps the ARN, which is refused as no name.
  const isDouble = new Set(members.map(([name]) => name)).size < members.length;
  return isDouble ? object : Object.fromEntries(members);
}

function mapMembers(item: TransactItem, map: (input: TableInput) => TableInput): TransactItem {
  return Object.fromEntries(
    Object.entries(item).map(([kind, input]) => [kind, map(input as TableInput)]),
  );
}
