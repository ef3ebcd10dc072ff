#!/usr/bin/env bash
# @aws-lambda-powertools/idempotency 2.35.0 with DynamoDB (dynalite 4.0.0 stands for it).
# Expected: an answer that cannot be stored fails the call and can be tried again, as when the function throws.
# Seen: with a nested undefined, a Date or NaN in the answer the work is done, the call fails, and the record stays
# "in progress": the same request is refused as long as the first might still run, and then has its effect again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-lambda-powertools/idempotency@2.35.0 @aws-sdk/client-dynamodb@3.1162.0 @aws-sdk/lib-dynamodb@3.1162.0 dynalite@4.0.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { CreateTableCommand, DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const { IdempotencyConfig, makeIdempotent } = require("@aws-lambda-powertools/idempotency");
const { DynamoDBPersistenceLayer } = require("@aws-lambda-powertools/idempotency/dynamodb");
const server = require("dynalite")({ createTableMs: 0 });

async function outcomes(client, answer) {
  const call = makeIdempotent(async () => answer, {
    persistenceStore: new DynamoDBPersistenceLayer({ tableName: "records", awsSdkV3Client: client }),
    config: new IdempotencyConfig({}),
  });
  const request = { answer: require("node:util").inspect(answer) };
  const attempt = () =>
    call(request, { getRemainingTimeInMillis: () => 30_000 }).then(
      () => "answered",
      (error) => error.name,
    );
  return [await attempt(), await attempt()];
}

server.listen(0, "127.0.0.1", async () => {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "example", secretAccessKey: "example" },
  });
  await client.send(
    new CreateTableCommand({
      TableName: "records",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  const failed = ["IdempotencyPersistenceLayerError", "IdempotencyAlreadyInProgressError"];
  const answers = [{ a: 1 }, { a: { b: undefined } }, { at: new Date(0) }, { n: NaN }];
  for (const answer of answers) {
    const seen = await outcomes(client, answer);
    console.log(answer, "->", seen.join(", then "));
    assert.deepEqual(seen, answer.a === 1 ? ["answered", "answered"] : failed);
  }
  client.destroy();
  server.close();
});
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
