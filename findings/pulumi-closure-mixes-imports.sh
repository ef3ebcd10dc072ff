#!/usr/bin/env bash
# @pulumi/pulumi 3.276.0, function serialisation (aws.lambda.CallbackFunction and the like).
# Expected: a deployed function behaves as the one in the program.
# Seen: where two modules import different packages under one name, both get the package of the first,
# so that the second finds its functions undefined once deployed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @pulumi/pulumi@3.276.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { writeFileSync } = require("node:fs");
writeFileSync("one.cjs", 'const lib = require("node:path"); exports.one = () => typeof lib.join;');
writeFileSync("two.cjs", 'const lib = require("node:url"); exports.two = () => typeof lib.pathToFileURL;');
const { one } = require("./one.cjs");
const { two } = require("./two.cjs");
const { runtime } = require("@pulumi/pulumi");
async function main() {
  const handler = () => [one(), two()];
  assert.deepEqual(handler(), ["function", "function"]);
  const { text, exportName } = await runtime.serializeFunction(handler);
  const deployed = { exports: {} };
  new Function("exports", "require", "module", text)(deployed.exports, require, deployed);
  const seen = deployed.exports[exportName]();
  console.log("in the program: function, function; deployed:", seen.join(", "));
  assert.deepEqual(seen, ["function", "undefined"]);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
