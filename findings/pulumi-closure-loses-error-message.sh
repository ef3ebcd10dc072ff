#!/usr/bin/env bash
# @pulumi/pulumi 3.276.0, function serialisation (aws.lambda.CallbackFunction and the like).
# Expected: an error class of the program is the same class in the deployed function.
# Seen: a subclass of Error has no message there; whatever is logged or answered of it is empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @pulumi/pulumi@3.276.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { runtime } = require("@pulumi/pulumi");
class NotFound extends Error {
  constructor(message) {
    super(message);
    this.name = "NotFound";
  }
}
async function main() {
  const handler = () => {
    const error = new NotFound("no such image");
    return { name: error.name, message: error.message };
  };
  const { text, exportName } = await runtime.serializeFunction(handler);
  const deployed = { exports: {} };
  new Function("exports", "require", "module", text)(deployed.exports, require, deployed);
  console.log("in the program:", handler());
  console.log("deployed:", deployed.exports[exportName]());
  assert.equal(handler().message, "no such image");
  assert.equal(deployed.exports[exportName]().message, undefined);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
