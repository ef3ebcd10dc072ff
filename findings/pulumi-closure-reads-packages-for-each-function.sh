#!/usr/bin/env bash
# @pulumi/pulumi 3.270.0 with @pulumi/aws 7.48.0, functions by aws.lambda.CallbackFunction.
# Expected: which packages are installed, the same for all functions of a program, is read once.
# Seen: all of node_modules is read anew for each function, also where no package is to be uploaded.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @pulumi/pulumi@3.270.0 @pulumi/aws@7.48.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { createRequire } = require("node:module");
const { Arborist } = createRequire(require.resolve("@pulumi/pulumi"))("@npmcli/arborist");
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

let reads = 0;
const { loadActual } = Arborist.prototype;
Arborist.prototype.loadActual = function (...args) {
  reads++;
  return loadActual.apply(this, args);
};

async function main() {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: ({ inputs }) => inputs,
  });
  const functions = ["first", "second", "third"].map(
    (name) => new aws.lambda.CallbackFunction(name, { callback: async () => name, codePathOptions: {} }),
  );
  await Promise.all(functions.map(({ code }) => new Promise((resolve) => code.apply(resolve))));
  console.log("functions:", functions.length, "reads of node_modules:", reads);
  assert.equal(reads, functions.length);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
