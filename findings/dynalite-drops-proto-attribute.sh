#!/usr/bin/env bash
# dynalite 4.0.0, which stands for DynamoDB on one machine.
# Expected: an attribute may have any name of up to 64 KB, as on AWS; what PutItem has answered with 200, GetItem gives back.
# Seen: one that is called __proto__ is gone without an error, at the top and in maps, with those beside it kept; or the
# item is refused for a value of two types, which it has not, where the text has two characters or more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 dynalite@4.0.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const server = require("dynalite")({ createTableMs: 0 });

// What goes over the wire, so that no SDK is asked what it makes of the name.
async function call(operation, body) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "x-amz-date": "20260101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=example/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    body,
  });
  return `${response.status} ${await response.text()}`;
}

server.listen(0, "127.0.0.1", async () => {
  await call(
    "CreateTable",
    JSON.stringify({
      TableName: "table",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  const put = async (text) => {
    const attributes = `"__proto__":{"S":"${text}"},"other":{"S":"${text}"}`;
    const item = `{"id":{"S":"1"},${attributes},"map":{"M":{${attributes}}}}`;
    const answer = await call("PutItem", `{"TableName":"table","Item":${item}}`);
    console.log("PutItem", item, "->", answer);
    return answer;
  };
  assert.equal(await put("x"), "200 {}");
  const seen = await call("GetItem", '{"TableName":"table","Key":{"id":{"S":"1"}}}');
  console.log("GetItem ->", seen);
  assert.equal(seen, '200 {"Item":{"id":{"S":"1"},"other":{"S":"x"},"map":{"M":{"other":{"S":"x"}}}}}');
  assert.match(await put("xy"), /^400 .*more than one datatypes set/);
  server.close();
});
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
