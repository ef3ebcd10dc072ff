#!/usr/bin/env bash
# dynalite 4.0.0, which stands for DynamoDB on one machine.
# Expected: places of a list in an UpdateExpression are those before the update: of [a, b, c], REMOVE list[0], list[1] leaves [c].
# Seen: each removal moves what follows: [b] is left.
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
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  await client.send(new lib.PutCommand({ TableName, Item: { id: "1", list: ["a", "b", "c"] } }));
  const { Attributes } = await client.send(
    new lib.UpdateCommand({
      TableName,
      Key: { id: "1" },
      UpdateExpression: "REMOVE #list[0], #list[1]",
      ExpressionAttributeNames: { "#list": "list" },
      ReturnValues: "ALL_NEW",
    }),
  );
  console.log(Attributes.list);
  assert.deepEqual(Attributes.list, ["b"]);
}
server.listen(0, "127.0.0.1", () => main().finally(() => server.close()));
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
