#!/usr/bin/env bash
# esbuild 0.28.2 with @aws-sdk/client-s3 3.1162.0, Node.js 22 or later.
# Expected: of a client whose package says `"sideEffects": false`, a bundle has the operations that are imported.
# Seen: the descriptions of all its operations stay, for they are written with computed keys and registered by calls,
# which esbuild must keep: a bundle with one operation names those of more than a hundred.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund esbuild@0.28.2 @aws-sdk/client-s3@3.1162.0
echo 'export { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";' >one.mjs
npx esbuild one.mjs --bundle --minify --platform=node --main-fields=module,main --metafile=meta.json \
  --outfile=one.js --log-level=error
node - <<'JS'
const fs = require("node:fs");
const { sideEffects } = JSON.parse(fs.readFileSync("node_modules/@aws-sdk/client-s3/package.json", "utf8"));
const text = fs.readFileSync("one.js", "utf8");
const operations = Object.keys(require("@aws-sdk/client-s3"))
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.replace(/Command$/, ""));
const kept = operations.filter((name) => new RegExp(`\\b${name}(Request|Output)\\b`).test(text));
console.log(`sideEffects: ${sideEffects}; one operation is imported, ${kept.length} of ${operations.length} are in ${text.length} bytes`);
process.exit(sideEffects === false && kept.length > operations.length / 2 ? 0 : 1);
JS
