import { isObject } from "../../is-object";
import type { OperationInput, TableInput, TransactItem } from "./operation-input";

/** An input that names tables, and the ARNs by which it was given them, by name. */
export interface NamedTables {
  input: OperationInput;
  arns: ReadonlyMap<string, string>;
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
    const name = given.startsWith("arn:") ? given.slice(given.indexOf("/") + 1) : given;
    if (name === given || arnOf(name) !== given) {
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
const byTable = new Set(["Responses", "UnprocessedItems", "UnprocessedKeys"]);

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
