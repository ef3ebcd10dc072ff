#!/usr/bin/env bash
# dynalite 4.0.0, which stands for DynamoDB on one machine.
# Expected: a condition or filter by = compares maps and lists by what is in them, as on AWS, at any depth.
# Seen: no map and no list is equal to any other: an item is not found by the very map that was put.
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
  const item = { id: "1", map: { x: 1 }, list: ["a"], text: "a" };
  await client.send(new lib.PutCommand({ TableName, Item: item }));
  const seen = {};
  for (const name of ["map", "list", "text"]) {
    const { Count } = await client.send(
      new lib.ScanCommand({
        TableName,
        FilterExpression: "#name = :value",
        ExpressionAttributeNames: { "#name": name },
        ExpressionAttributeValues: { ":value": item[name] },
      }),
    );
    seen[name] = Count;
  }
  console.log(seen);
  assert.deepEqual(seen, { map: 0, list: 0, text: 1 });
}
server.listen(0, "127.0.0.1", () => main().finally(() => server.close()));
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
