import type { RequestContext } from "../iam/types";
import { validationError } from "./errors";
import type {
  KeysAndAttributes,
  OperationInput,
  TableInput,
  WriteRequest,
} from "./operation-input";
import { partitionKeyOf, type TableDefinition } from "./table-definition";
import { actionsIn, transactKinds } from "./transact-items";
import { attributesIn, partitionsIn, valuesOf } from "./touched";

/** One permission that a request needs. */
export interface Access {
  /** Such as `PutItem`. */
  action: string;
  /** None for operations on all tables. */
  tableName?: string;
  indexName?: string;
  context: RequestContext;
}

/**
 * What a request touches; all of it must be allowed.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 *
 * @param tableNamed the definition of a table, if there is such a table.
 * @throws AwsError `ValidationException` for a query that names no partition.
 */
export function accessesOf(
  operation: string,
  input: OperationInput,
  tableNamed: TableNamed,
): Access[] {
  const { RequestItems, TransactItems } = input;
  if (TransactItems !== undefined) {
    return TransactItems.flatMap(actionsIn).map(({ kind, input }) => {
      const action = transactKinds[kind].permission;
      return tableAccess(action, input, tableNamed, { EnclosingOperation: operation });
    });
  }
  if (RequestItems !== undefined) {
    return Object.entries(RequestItems).map(([tableName, items]) => ({
      action: operation,
      tableName,
      context: contextOf(batchTouches(items, partitionKey(tableNamed(tableName)))),
    }));
  }
  return [tableAccess(operation, input, tableNamed)];
}

type TableNamed = (name: string) => TableDefinition | undefined;

function tableAccess(
  action: string,
  input: TableInput,
  tableNamed: TableNamed,
  enclosing: Touches = {},
): Access {
  const { TableName, IndexName } = input;
  if (TableName === undefined) {
    return { action, context: contextOf(enclosing) };
  }
  const key = partitionKey(tableNamed(TableName), IndexName);
  const touches = singleTouches(input, key);
  if (action === "Query" && key !== undefined && touches.LeadingKeys?.length === 0) {
    const { KeyConditionExpression, ExpressionAttributeNames } = input;
    throw validationError(
      attributesIn({ KeyConditionExpression, ExpressionAttributeNames }).includes(key)
        ? "Query key condition not supported"
        : `Query condition missed key schema element: ${key}`,
    );
  }
  return {
    action,
    tableName: TableName,
    ...(IndexName !== undefined && { indexName: IndexName }),
    context: contextOf({ ...touches, ...choicesOf(action, input), ...enclosing }),
  };
}

interface Touches {
  /** The transaction that an action is a part of. */
  EnclosingOperation?: string;
  LeadingKeys?: string[];
  Attributes?: string[];
  Select?: string;
  ReturnValues?: string;
  ReturnConsumedCapacity?: string;
}

function singleTouches(input: TableInput, key: string | undefined): Touches {
  const item = input.Item ?? input.Key ?? {};
  return {
    LeadingKeys: [...valuesOf(item, key), ...partitionsIn(input, key)],
    Attributes: [...Object.keys(item), ...attributesIn(input)],
  };
}

function batchTouches(items: KeysAndAttributes | WriteRequest[], key: string | undefined): Touches {
  const maps = Array.isArray(items)
    ? items.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {})
    : items.Keys;
  const named = Array.isArray(items) ? [] : attributesIn(items);
  return {
    LeadingKeys: maps.flatMap((map) => valuesOf(map, key)),
    Attributes: [...maps.flatMap((map) => Object.keys(map)), ...named],
  };
}

function choicesOf(action: string, input: TableInput): Touches {
  const { Select, ProjectionExpression, IndexName, ReturnValues, ReturnConsumedCapacity } = input;
  const all = IndexName === undefined ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
  const select = Select ?? (ProjectionExpression === undefined ? all : "SPECIFIC_ATTRIBUTES");
  return {
    ...(["GetItem", "Query", "Scan"].includes(action) && { Select: select }),
    ...(ReturnValues !== undefined && { ReturnValues }),
    ...(ReturnConsumedCapacity !== undefined && { ReturnConsumedCapacity }),
  };
}

function contextOf(touches: Touches): RequestContext {
  const given = Object.entries(touches as Record<string, string | string[]>)
    .filter(([, value]) => value.length > 0)
    .map(([name, value]) => [
      `dynamodb:${name}`,
      Array.isArray(value) ? [...new Set(value)] : value,
    ]);
  // Local endpoints have no TLS; they stand for AWS's, which are reached by TLS.
  return { ...(Object.fromEntries(given) as RequestContext), "aws:SecureTransport": "true" };
}

function partitionKey(table: TableDefinition | undefined, indexName?: string): string | undefined {
  return table && partitionKeyOf(table, indexName);
}
