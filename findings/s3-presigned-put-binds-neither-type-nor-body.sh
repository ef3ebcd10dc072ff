#!/usr/bin/env bash
# @aws-sdk/s3-request-presigner 3.1162.0 with @aws-sdk/client-s3 3.1162.0, PutObjectCommand.
# Expected: a URL that is signed with a ContentType accepts that type alone, and says nothing of a body that is
# not there yet.
# Seen: the type is no part of the URL or of its signed headers, though the length is; and the URL states a CRC-32
# that is the one of an empty body.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-sdk/client-s3@3.1162.0 @aws-sdk/s3-request-presigner@3.1162.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");
const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");
async function main() {
  const client = new S3Client({
    region: "us-east-1",
    credentials: { accessKeyId: "example", secretAccessKey: "example" },
  });
  const command = new PutObjectCommand({
    Bucket: "bucket",
    Key: "key",
    ContentType: "image/png",
    ContentLength: 10,
  });
  const { searchParams } = new URL(await getSignedUrl(client, command));
  console.log("signed headers:", searchParams.get("X-Amz-SignedHeaders"));
  console.log("CRC-32:", searchParams.get("x-amz-checksum-crc32"));
  assert.equal(searchParams.get("X-Amz-SignedHeaders"), "content-length;host");
  assert.equal(searchParams.get("x-amz-checksum-crc32"), Buffer.alloc(4).toString("base64"));
  assert.ok(![...searchParams.values()].includes("image/png"));
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
