import * as dynamodb from "@aws-sdk/client-dynamodb";
import { resourceNamed, type Target } from "./target";
import type { Probe } from "./probe";

/** The tables by the ends of their logical names, and what each is queried by. */
const tables: Record<string, { keys: string[]; indexes?: Record<string, string> }> = {
  images: {
    keys: ["imageId"],
    indexes: {
      UserIndex: "userId",
      TimelineIndex: "collection",
      SweepIndex: "sweep",
      SimilarIndex: "userId",
    },
  },
  "image-tags": { keys: ["imageId", "tag"], indexes: { TagIndex: "tag", UserTagIndex: "userTag" } },
  idempotency: { keys: ["id"] },
  records: { keys: ["id"] },
  results: { keys: ["id", "position"], indexes: { UserResultsIndex: "userRecord" } },
  users: { keys: ["userId"] },
};

/** Tables of which it makes a difference whether a request is a transaction. */
const transactional = ["users"];

/** The only partitions of these indexes that there are, each of which is tried besides. */
const partitions: Record<string, readonly string[]> = {
  TimelineIndex: ["images"],
  SweepIndex: ["sweep", "renditions"],
};

/** Every operation of DynamoDB on every table and index. */
export function dynamoDbProbes({ run }: Target): Probe[] {
  return [
    {
      operation: "ListTables",
      action: "dynamodb:ListTables",
      place: "*",
      send: (clients) => clients.dynamodb.send(new dynamodb.ListTablesCommand({})),
    },
    ...Object.entries(tables).flatMap(([name, { keys, indexes = {} }]) => {
      const { id = "" } = resourceNamed(run, "aws:dynamodb/table:Table", `-${name}`);
      return [
        ...tableProbes(name, id, keys),
        ...Object.entries(indexes).flatMap(([index, key]) =>
          queryProbes(`${name}/${index}`, id, key, index),
        ),
        ...Object.entries(partitions)
          .filter(([index]) => index in indexes)
          .flatMap(([index, values]) =>
            values.map((value) =>
              queryProbe(`${name}/${index} at ${value}`, id, indexes[index] ?? "", index, value),
            ),
          ),
      ];
    }),
  ];
}

type Operation = [
  operation: string,
  action: string,
  send: (client: dynamodb.DynamoDBClient) => Promise<unknown>,
];

function tableProbes(place: string, TableName: string, keys: readonly string[]): Probe[] {
  const Key = Object.fromEntries(keys.map((name) => [name, { S: "evil" }]));
  const operations: Operation[] = [
    ...itemOperations(TableName, Key),
    [
      "DescribeTable",
      "dynamodb:DescribeTable",
      (client) => client.send(new dynamodb.DescribeTableCommand({ TableName })),
    ],
    [
      "DeleteTable",
      "dynamodb:DeleteTable",
      (client) => client.send(new dynamodb.DeleteTableCommand({ TableName })),
    ],
  ];
  const inTransactions = transactional.includes(place) ? `${place} in transactions` : place;
  return [
    ...operations.map((operation) => probeOf(operation, place)),
    ...transactions(TableName, Key).map((operation) => probeOf(operation, inTransactions)),
    ...queryProbes(place, TableName, keys[0] ?? ""),
  ];
}

function probeOf([operation, action, send]: Operation, place: string): Probe {
  return { operation, action, place, send: (clients) => send(clients.dynamodb) };
}

type Key = Record<string, dynamodb.AttributeValue>;

function itemOperations(TableName: string, Key: Key): Operation[] {
  const keys = { RequestItems: { [TableName]: { Keys: [Key] } } };
  const writes = { RequestItems: { [TableName]: [{ DeleteRequest: { Key } }] } };
  const operations: Record<string, Operation[2]> = {
    GetItem: (client) => client.send(new dynamodb.GetItemCommand({ TableName, Key })),
    PutItem: (client) => client.send(new dynamodb.PutItemCommand({ TableName, Item: Key })),
    UpdateItem: (client) => client.send(new dynamodb.UpdateItemCommand({ TableName, Key })),
    DeleteItem: (client) => client.send(new dynamodb.DeleteItemCommand({ TableName, Key })),
    BatchGetItem: (client) => client.send(new dynamodb.BatchGetItemCommand(keys)),
    BatchWriteItem: (client) => client.send(new dynamodb.BatchWriteItemCommand(writes)),
  };
  return Object.entries(operations).map(([name, send]) => [name, `dynamodb:${name}`, send]);
}

/** A transaction needs the permission of each of its actions. */
function transactions(TableName: string, Key: Key): Operation[] {
  const condition = { ConditionExpression: "attribute_not_exists(none)" };
  const update = {
    UpdateExpression: "SET evil = :evil",
    ExpressionAttributeValues: { ":evil": { S: "" } },
  };
  const actions: Record<string, dynamodb.TransactWriteItem> = {
    PutItem: { Put: { TableName, Item: Key } },
    UpdateItem: { Update: { TableName, Key, ...update } },
    DeleteItem: { Delete: { TableName, Key } },
    ConditionCheckItem: { ConditionCheck: { TableName, Key, ...condition } },
  };
  return [
    ...Object.entries(actions).map(([name, action]): Operation => [
      `TransactWriteItems with ${name}`,
      `dynamodb:${name}`,
      (client) => client.send(new dynamodb.TransactWriteItemsCommand({ TransactItems: [action] })),
    ]),
    [
      "TransactGetItems",
      "dynamodb:GetItem",
      (client) =>
        client.send(
          new dynamodb.TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] }),
        ),
    ],
  ];
}

function queryProbe(
  place: string,
  TableName: string,
  key: string,
  IndexName: string | undefined,
  value: string,
): Probe {
  return {
    operation: "Query",
    action: "dynamodb:Query",
    place,
    send: (clients) =>
      clients.dynamodb.send(
        new dynamodb.QueryCommand({
          TableName,
          IndexName,
          KeyConditionExpression: "#key = :value",
          ExpressionAttributeNames: { "#key": key },
          ExpressionAttributeValues: { ":value": { S: value } },
        }),
      ),
  };
}

function queryProbes(place: string, TableName: string, key: string, IndexName?: string): Probe[] {
  return [
    queryProbe(place, TableName, key, IndexName, "evil"),
    {
      operation: "Scan",
      action: "dynamodb:Scan",
      place,
      send: (clients) => clients.dynamodb.send(new dynamodb.ScanCommand({ TableName, IndexName })),
    },
  ];
}
