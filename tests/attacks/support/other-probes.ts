import * as dynamodb from "@aws-sdk/client-dynamodb";
import { DescribeKeyCommand, GenerateMacCommand, VerifyMacCommand } from "@aws-sdk/client-kms";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { PublishCommand } from "@aws-sdk/client-sns";
import { functionNames, resourceNamed, type Target } from "./target";
import type { Probe } from "./probes";

/** Every operation of DynamoDB, KMS, SNS and Lambda on every resource. */
export function otherProbes(target: Target): Probe[] {
  const { imagesTable, recordsTable } = target.run.stack.outputs;
  return [
    {
      operation: "ListTables",
      action: "dynamodb:ListTables",
      place: "*",
      send: (clients) => clients.dynamodb.send(new dynamodb.ListTablesCommand({})),
    },
    ...tableProbes("imagesTable", imagesTable, "imageId"),
    ...tableProbes("recordsTable", recordsTable, "id"),
    ...queryProbes("imagesTable/UserIndex", imagesTable, "userId", "UserIndex"),
    ...queryProbes("imagesTable/TimelineIndex", imagesTable, "collection", "TimelineIndex"),
    ...["cursor-key", "alerts-key"].flatMap((name) => keyProbes(target, name)),
    topicProbe(target),
    ...functionNames.map((name) => functionProbe(target, name)),
  ];
}

function tableProbes(place: string, TableName: string, keyName: string): Probe[] {
  const Key = { [keyName]: { S: "evil" } };
  const operations: Record<string, (client: dynamodb.DynamoDBClient) => Promise<unknown>> = {
    GetItem: (client) => client.send(new dynamodb.GetItemCommand({ TableName, Key })),
    PutItem: (client) => client.send(new dynamodb.PutItemCommand({ TableName, Item: Key })),
    UpdateItem: (client) => client.send(new dynamodb.UpdateItemCommand({ TableName, Key })),
    DeleteItem: (client) => client.send(new dynamodb.DeleteItemCommand({ TableName, Key })),
    BatchGetItem: (client) =>
      client.send(
        new dynamodb.BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }),
      ),
    BatchWriteItem: (client) =>
      client.send(
        new dynamodb.BatchWriteItemCommand({
          RequestItems: { [TableName]: [{ DeleteRequest: { Key } }] },
        }),
      ),
    DescribeTable: (client) => client.send(new dynamodb.DescribeTableCommand({ TableName })),
    DeleteTable: (client) => client.send(new dynamodb.DeleteTableCommand({ TableName })),
  };
  return [
    ...Object.entries(operations).map(([operation, send]) => ({
      operation,
      action: `dynamodb:${operation}`,
      place,
      send: (clients: { dynamodb: dynamodb.DynamoDBClient }) => send(clients.dynamodb),
    })),
    ...queryProbes(place, TableName, keyName),
  ];
}

function queryProbes(place: string, TableName: string, key: string, IndexName?: string): Probe[] {
  return [
    {
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
            ExpressionAttributeValues: { ":value": { S: "evil" } },
          }),
        ),
    },
    {
      operation: "Scan",
      action: "dynamodb:Scan",
      place,
      send: (clients) => clients.dynamodb.send(new dynamodb.ScanCommand({ TableName, IndexName })),
    },
  ];
}

function keyProbes({ run }: Target, name: string): Probe[] {
  const { id: KeyId } = resourceNamed(run, "aws:kms/key:Key", `-${name}`);
  const mac = { KeyId, Message: Buffer.from("evil"), MacAlgorithm: "HMAC_SHA_256" as const };
  const place = name;
  return [
    {
      operation: "GenerateMac",
      action: "kms:GenerateMac",
      place,
      send: (clients) => clients.kms.send(new GenerateMacCommand(mac)),
    },
    {
      operation: "VerifyMac",
      action: "kms:VerifyMac",
      place,
      send: (clients) => clients.kms.send(new VerifyMacCommand({ ...mac, Mac: Buffer.alloc(32) })),
    },
    {
      operation: "DescribeKey",
      action: "kms:DescribeKey",
      place,
      send: (clients) => clients.kms.send(new DescribeKeyCommand({ KeyId })),
    },
  ];
}

function topicProbe({ run }: Target): Probe {
  const TopicArn = run.stack.outputs.alertTopicArn;
  return {
    operation: "Publish",
    action: "SNS:Publish",
    place: "alertTopic",
    send: (clients) => clients.sns.send(new PublishCommand({ TopicArn, Message: "evil" })),
  };
}

function functionProbe({ victims }: Target, name: (typeof functionNames)[number]): Probe {
  const FunctionName = victims[name].deployedName;
  return {
    operation: "Invoke",
    action: "lambda:InvokeFunction",
    place: name,
    send: (clients) => clients.lambda.send(new InvokeCommand({ FunctionName })),
  };
}
