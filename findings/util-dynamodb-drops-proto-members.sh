#!/usr/bin/env bash
# @aws-sdk/util-dynamodb 3.996.9, by which the document client turns JSON into attributes and back.
# Expected: every member that JSON.parse gives an object is stored, or an error says which cannot be.
# Seen: one that is called __proto__ is left out, in both directions and at any depth, without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-sdk/client-dynamodb@3.1162.0 @aws-sdk/util-dynamodb@3.996.9
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { marshall, unmarshall } = require("@aws-sdk/util-dynamodb");

const given = JSON.parse('{"id":"1","__proto__":"lost","map":{"__proto__":"lost","other":"kept"}}');
const stored = JSON.parse('{"id":{"S":"1"},"__proto__":{"S":"lost"},"map":{"M":{"__proto__":{"S":"lost"}}}}');
assert.deepEqual(Object.keys(given), ["id", "__proto__", "map"]);
const seen = [marshall(given), unmarshall(stored)].map((value) => JSON.stringify(value));
console.log(JSON.stringify(given), "->", seen[0]);
console.log(JSON.stringify(stored), "->", seen[1]);
assert.deepEqual(seen, [
  '{"id":{"S":"1"},"map":{"M":{"other":{"S":"kept"}}}}',
  '{"id":"1","map":{}}',
]);
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
