import { z } from "zod";

import { isObject } from "../../is-object";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { operationInput } from "./operation-input";
import type { OperationInput } from "./operation-input";
import { actionsIn, transactKinds, transactions } from "./transact-items";

const write = [
  "TableName",
  "ConditionExpression",
  "ConditionalOperator",
  "Expected",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnConsumedCapacity",
  "ReturnItemCollectionMetrics",
  "ReturnValues",
  "ReturnValuesOnConditionCheckFailure",
];
const read = [
  "TableName",
  "AttributesToGet",
  "ConsistentRead",
  "ProjectionExpression",
  "ReturnConsumedCapacity",
  "ExpressionAttributeNames",
];
const search = [
  ...read,
  "ConditionalOperator",
  "ExclusiveStartKey",
  "ExpressionAttributeValues",
  "FilterExpression",
  "IndexName",
  "Limit",
  "Select",
];

/**
 * The operations that are emulated, and the members of their input. dynalite drops members that it
 * does not know, so they are refused here.
 */
const operations: Readonly<Record<string, readonly string[]>> = {
  BatchGetItem: ["RequestItems", "ReturnConsumedCapacity"],
  BatchWriteItem: ["RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"],
  CreateTable: [
    "AttributeDefinitions",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
    "ProvisionedThroughput",
    "SSESpecification",
    "StreamSpecification",
    "TableName",
    "Tags",
  ],
  DeleteItem: [...write, "Key"],
  DeleteTable: ["TableName"],
  DescribeContinuousBackups: ["TableName"],
  DescribeTable: ["TableName"],
  DescribeTimeToLive: ["TableName"],
  GetItem: [...read, "Key"],
  ListTables: ["ExclusiveStartTableName", "Limit"],
  ListTagsOfResource: ["NextToken", "ResourceArn"],
  PutItem: [...write, "Item"],
  Query: [...search, "KeyConditionExpression", "KeyConditions", "QueryFilter", "ScanIndexForward"],
  Scan: [...search, "ScanFilter", "Segment", "TotalSegments"],
  TagResource: ["ResourceArn", "Tags"],
  TransactGetItems: ["ReturnConsumedCapacity", "TransactItems"],
  TransactWriteItems: [
    "ClientRequestToken",
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "TransactItems",
  ],
  UntagResource: ["ResourceArn", "TagKeys"],
  UpdateItem: [...write, "AttributeUpdates", "Key", "UpdateExpression"],
  UpdateTable: [
    "AttributeDefinitions",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexUpdates",
    "ProvisionedThroughput",
    "StreamSpecification",
    "TableClass",
    "TableName",
  ],
  UpdateTimeToLive: ["TableName", "TimeToLiveSpecification"],
};

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(operations);

/** Of each table in the input of BatchGetItem. */
const batchGetMembers = [
  "Keys",
  "AttributesToGet",
  "ConsistentRead",
  "ExpressionAttributeNames",
  "ProjectionExpression",
];

/**
 * Reads the input of an operation.
 *
 * @param target the header `x-amz-target`.
 * @throws AwsError `UnknownOperationException`, `SerializationException`, `NotImplemented`.
 */
export function parseOperation(
  target: string,
  body: string,
): { operation: string; input: OperationInput } {
  const [, operation] = /^DynamoDB_20120810\.([A-Z][A-Za-z]+)$/.exec(target) ?? [];
  if (operation === undefined) {
    throw new AwsError("UnknownOperationException", "");
  }
  const members = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (members === undefined) {
    throw notEmulated(`${operation} of DynamoDB`);
  }
  const input = parseInput(body);
  requireKnown(operation, input, members);
  requireKnownParts(operation, input);
  return { operation, input };
}

function parseInput(body: string): OperationInput {
  let json: unknown;
  try {
    json = JSON.parse(body, body.includes('"+') ? withoutPlus : undefined);
  } catch {
    throw new AwsError("SerializationException", "The request body is no JSON.");
  }
  const { success, data, error } = operationInput.safeParse(withoutNulls(json));
  if (!success) {
    throw new AwsError("SerializationException", z.prettifyError(error));
  }
  return data;
}

/** A member that is null is none: of the input, of what is read of a table, of an action of a transaction. */
function withoutNulls(json: unknown): unknown {
  if (!isObject(json)) {
    return json;
  }
  const input = withoutNullMembers(json);
  const { RequestItems: tables, TransactItems: items } = input;
  return {
    ...input,
    ...(isObject(tables) && { RequestItems: mapMembers(tables, withoutNullMembers) }),
    ...(Array.isArray(items) && {
      TransactItems: items.map((item: unknown) =>
        isObject(item) ? mapMembers(withoutNullMembers(item), withoutNullMembers) : item,
      ),
    }),
  };
}

function withoutNullMembers(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, member]) => member !== null));
}

function mapMembers(
  object: Record<string, unknown>,
  map: (member: Record<string, unknown>) => unknown,
): Record<string, unknown> {
  const members = Object.entries(object);
  return Object.fromEntries(
    members.map(([name, member]) => [name, isObject(member) ? map(member) : member]),
  );
}

/** Numbers may begin with a plus, which dynalite does not know. */
function withoutPlus(name: string, value: unknown): unknown {
  if (name === "N" && typeof value === "string") {
    return value.replace(plus, "");
  }
  return name === "NS" && Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === "string" ? each.replace(plus, "") : each))
    : value;
}

const plus = /^\+(?=[\d.])/;

function requireKnownParts(operation: string, input: OperationInput): void {
  if (operation === "BatchGetItem") {
    for (const table of Object.values(input.RequestItems ?? {})) {
      requireKnown(operation, table, batchGetMembers);
    }
  }
  for (const item of input.TransactItems ?? []) {
    requireKnown(operation, item, transactions[operation] ?? []);
    for (const { kind, input } of actionsIn(item)) {
      requireKnown(`${operation}'s ${kind}`, input, transactKinds[kind].members);
    }
  }
}

function requireKnown(operation: string, input: object, members: readonly string[]): void {
  const unknown = Object.keys(input).find((member) => !members.includes(member));
  if (unknown !== undefined) {
    throw notEmulated(`${unknown} of ${operation}`);
  }
}
