#!/usr/bin/env bash
# dynalite 4.0.0, which stands for DynamoDB on one machine, with its data in a folder.
# Expected: what a query reads by is closed once it is answered, so that memory does not grow with queries.
# Seen: a query that reads no further than its Limit leaves an iterator of LevelDB open, with what it has read ahead.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 dynalite@4.0.0 @aws-sdk/client-dynamodb@3.1162.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { AbstractIterator, AbstractLevel } = require("abstract-level");
const aws = require("@aws-sdk/client-dynamodb");
const server = require("dynalite")({ createTableMs: 0, path: "data" });

const open = new Set();
const { attachResource, detachResource } = AbstractLevel.prototype;
AbstractLevel.prototype.attachResource = function (resource) {
  if (resource instanceof AbstractIterator) {
    open.add(resource);
  }
  return attachResource.call(this, resource);
};
AbstractLevel.prototype.detachResource = function (resource) {
  open.delete(resource);
  return detachResource.call(this, resource);
};

const TableName = "table";
const id = { S: "1" };

async function main() {
  const client = new aws.DynamoDBClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "example", secretAccessKey: "example" },
  });
  await client.send(
    new aws.CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "at", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
    }),
  );
  for (const at of ["1", "2", "3"]) {
    await client.send(new aws.PutItemCommand({ TableName, Item: { id, at: { N: at } } }));
  }
  const before = open.size;
  for (let query = 0; query < 10; query++) {
    const { Count } = await client.send(
      new aws.QueryCommand({
        TableName,
        KeyConditionExpression: "id = :id",
        ExpressionAttributeValues: { ":id": id },
        Limit: 1,
      }),
    );
    assert.equal(Count, 1);
  }
  // Whatever closes a little later than it is answered has the time.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  console.log("queries: 10, iterators left open by them:", open.size - before);
  assert.equal(open.size - before, 10);
  client.destroy();
}
server.listen(0, "127.0.0.1", () => main().finally(() => server.close()));
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
