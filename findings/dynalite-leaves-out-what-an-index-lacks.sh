#!/usr/bin/env bash
# dynalite 4.0.0, which stands for DynamoDB on one machine.
# Expected: a query of a local index that asks for an attribute which the index lacks gets it from the table, and the same
#   query of a global index is refused with a ValidationException, as is a consistent scan of one.
# Seen: both queries are answered without the attribute, and the scan is answered.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 dynalite@4.0.0 @aws-sdk/client-dynamodb@3.1162.0 @aws-sdk/lib-dynamodb@3.1162.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { CreateTableCommand, DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const lib = require("@aws-sdk/lib-dynamodb");
const server = require("dynalite")({ createTableMs: 0 });
const TableName = "table";

const indexOf = (IndexName) => ({
  IndexName,
  KeySchema: [
    { AttributeName: "user", KeyType: "HASH" },
    { AttributeName: "time", KeyType: "RANGE" },
  ],
  Projection: { ProjectionType: "KEYS_ONLY" },
});

async function main() {
  const client = lib.DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: `http://127.0.0.1:${server.address().port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "example", secretAccessKey: "example" },
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["user", "id", "time"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      KeySchema: [
        { AttributeName: "user", KeyType: "HASH" },
        { AttributeName: "id", KeyType: "RANGE" },
      ],
      LocalSecondaryIndexes: [indexOf("local")],
      GlobalSecondaryIndexes: [indexOf("global")],
    }),
  );
  const Item = { user: "u", id: "1", time: "2026", size: 7 };
  await client.send(new lib.PutCommand({ TableName, Item }));
  for (const IndexName of ["local", "global"]) {
    const { Items } = await client.send(
      new lib.QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: "#user = :user",
        ProjectionExpression: "#size",
        ExpressionAttributeNames: { "#user": "user", "#size": "size" },
        ExpressionAttributeValues: { ":user": "u" },
      }),
    );
    console.log(IndexName, Items);
    assert.deepEqual(Items, [{}]);
  }
  const scan = { TableName, IndexName: "global", ConsistentRead: true };
  const { Count } = await client.send(new lib.ScanCommand(scan));
  console.log("consistent scan of the global index:", Count);
  assert.equal(Count, 1);
}
server.listen(0, "127.0.0.1", () => main().finally(() => server.close()));
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
