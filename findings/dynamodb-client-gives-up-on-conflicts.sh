#!/usr/bin/env bash
# @aws-sdk/client-dynamodb 3.1162.0, in its default retry mode.
# Expected: a write that meets a transaction on the same item, which is over in milliseconds, is repeated, as one
# that is throttled is.
# Seen: TransactionConflictException is thrown after one attempt; throttling is tried four times.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-sdk/client-dynamodb@3.1162.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { createServer } = require("node:http");
const { DeleteItemCommand, DynamoDBClient } = require("@aws-sdk/client-dynamodb");

async function attemptsAt(code) {
  let attempts = 0;
  const server = createServer((request, response) => {
    attempts += 1;
    request.resume();
    response.writeHead(400, { "Content-Type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}` }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  const command = new DeleteItemCommand({ TableName: "table", Key: { id: { S: "1" } } });
  await assert.rejects(client.send(command), { name: code });
  client.destroy();
  server.closeAllConnections();
  server.close();
  return attempts;
}

(async () => {
  const codes = ["TransactionConflictException", "ProvisionedThroughputExceededException"];
  for (const code of codes) {
    console.log(code, await attemptsAt(code));
  }
  assert.deepEqual(await Promise.all(codes.map(attemptsAt)), [1, 4]);
})();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
