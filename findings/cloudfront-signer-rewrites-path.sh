#!/usr/bin/env bash
# @aws-sdk/cloudfront-signer 3.1166.0, getSignedUrl.
# Expected: the path is signed as it is given, since a viewer has to ask for exactly that.
# Seen: "+" becomes %2B, "," %2C and "=" %3D in the signed URL and in the policy that is made for it, but a
# policy that is given keeps its Resource, so that for such a path its signature does not fit the URL.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-sdk/cloudfront-signer@3.1166.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { generateKeyPairSync } = require("node:crypto");
const { getSignedUrl } = require("@aws-sdk/cloudfront-signer");
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const url = "https://cdn.example.com/i/w=640,h=480/a+b.jpg";
const dateLessThan = "2030-01-01";
const canned = getSignedUrl({ url, keyPairId: "K", privateKey, dateLessThan });
const policy = JSON.stringify({
  Statement: [{ Resource: url, Condition: { DateLessThan: { "AWS:EpochTime": 1893456000 } } }],
});
const custom = getSignedUrl({ url, keyPairId: "K", privateKey, policy });
const text = Buffer.from(
  new URL(custom).searchParams.get("Policy").replace(/-/g, "+").replace(/_/g, "=").replace(/~/g, "/"),
  "base64",
).toString();
console.log("asked for:      ", url);
console.log("signed:         ", canned.split("?")[0]);
console.log("custom, URL:    ", custom.split("?")[0]);
console.log("custom, policy: ", JSON.parse(text).Statement[0].Resource);
const rewritten = "https://cdn.example.com/i/w%3D640%2Ch%3D480/a%2Bb.jpg";
assert.equal(canned.split("?")[0], rewritten);
assert.equal(custom.split("?")[0], rewritten);
assert.equal(JSON.parse(text).Statement[0].Resource, url);
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
