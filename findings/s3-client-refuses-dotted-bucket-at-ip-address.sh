#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1162.0 with a local S3 at an IP address, Node.js 22 or later.
# Expected: whatever its name, a bucket is asked for in the path, since an IP address has no subdomains.
# Seen: so it is for `images-bucket`; for `images.bucket`, the name is put before the address, which throws "Invalid URL".
# With `forcePathStyle: true`, both are in the path.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-sdk/client-s3@3.1162.0 @aws-sdk/s3-request-presigner@3.1162.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { GetObjectCommand, S3Client } = require("@aws-sdk/client-s3");
const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");

async function askedAt(Bucket, forcePathStyle) {
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const endpoint = "http://127.0.0.1:9000";
  const client = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle });
  try {
    return (await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "a" }))).split("?")[0];
  } catch (error) {
    return error.message.split(":")[0];
  }
}

(async () => {
  const seen = [];
  for (const forcePathStyle of [false, true]) {
    for (const bucket of ["images-bucket", "images.bucket"]) {
      seen.push(await askedAt(bucket, forcePathStyle));
      console.log({ bucket, forcePathStyle }, seen.at(-1));
    }
  }
  const [dashed, dotted] = ["images-bucket", "images.bucket"].map((bucket) => `http://127.0.0.1:9000/${bucket}/a`);
  assert.equal(seen[0], dashed);
  assert.match(seen[1], /Invalid URL/);
  assert.deepEqual(seen.slice(2), [dashed, dotted]);
})();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
