import { z } from "zod";

/** Such as `{"id": {"S": "1"}}`. */
const attributeMap = z.record(z.string(), z.record(z.string(), z.unknown()));
const attributeNames = z.record(z.string(), z.string());

/** What is left out is checked as what is empty. */
const keysAndAttributes = z.looseObject({
  Keys: z.array(attributeMap).default([]),
  ExpressionAttributeNames: attributeNames.optional(),
  ProjectionExpression: z.string().optional(),
});

const writeRequest = z.looseObject({
  PutRequest: z.looseObject({ Item: attributeMap.default({}) }).optional(),
  DeleteRequest: z.looseObject({ Key: attributeMap.default({}) }).optional(),
});

/** The members of all operations on one table by which access is decided. */
const tableInput = z
  .looseObject({
    TableName: z.string(),
    IndexName: z.string(),
    Item: attributeMap,
    Key: attributeMap,
    Select: z.string(),
    ReturnValues: z.string(),
    ReturnConsumedCapacity: z.string(),
    ExpressionAttributeNames: attributeNames,
    ExpressionAttributeValues: attributeMap,
    ConditionExpression: z.string(),
    FilterExpression: z.string(),
    KeyConditionExpression: z.string(),
    ProjectionExpression: z.string(),
    UpdateExpression: z.string(),
  })
  .partial();

const transactItem = z
  .looseObject({
    ConditionCheck: tableInput,
    Delete: tableInput,
    Get: tableInput,
    Put: tableInput,
    Update: tableInput,
  })
  .partial();

/** What is read of inputs here; dynalite checks the other members. */
export const operationInput = tableInput.extend({
  RequestItems: z
    .record(z.string(), z.union([keysAndAttributes, z.array(writeRequest)]))
    .optional(),
  TransactItems: z.array(transactItem).optional(),
  ClientRequestToken: z.string().optional(),
  Limit: z.int().optional(),
  ExclusiveStartTableName: z.string().optional(),
  ResourceArn: z.string().optional(),
  Tags: z.array(z.unknown()).optional(),
});

export type AttributeMap = z.infer<typeof attributeMap>;
/** What BatchGetItem reads of one table. */
export type KeysAndAttributes = z.infer<typeof keysAndAttributes>;
/** One write of BatchWriteItem. */
export type WriteRequest = z.infer<typeof writeRequest>;
/** The input of an operation on one table, or of one action of a transaction. */
export type TableInput = z.infer<typeof tableInput>;
/** One action of a transaction, by its kind. */
export type TransactItem = z.infer<typeof transactItem>;
export type OperationInput = z.infer<typeof operationInput>;
