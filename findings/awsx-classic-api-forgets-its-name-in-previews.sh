#!/usr/bin/env bash
# @pulumi/awsx 3.9.0 on @pulumi/pulumi 3.276.0, classic.apigateway.API of an OpenAPI document.
# Expected: a name that is given as text is known in every preview, and nothing that uses it is shown as changed.
# Seen: while the document holds something that is not known yet, such as the ARN of a new function, the name
# of the REST API is not known either; a preview shows it, and alarms by it, as changed. A deployment changes nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
  @pulumi/awsx@3.9.0 @pulumi/aws@7.48.0 @pulumi/pulumi@3.276.0 typescript@6.0.3
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const pulumi = require("@pulumi/pulumi");
const { unknown } = require("@pulumi/pulumi/output");
const inputs = {};
pulumi.runtime.setMocks(
  {
    newResource: ({ type, name, id, inputs: given }) => {
      if (type === "aws:apigateway/restApi:RestApi") {
        inputs[name] = given;
      }
      return { id: id ?? `${name}-id`, state: given };
    },
    call: ({ inputs: given }) => given,
  },
  "project",
  "stack",
  true,
);
const awsx = require("@pulumi/awsx");
const text = JSON.stringify({ openapi: "3.0.1", info: { title: "T", version: "1" }, paths: {} });
const make = (name, swaggerString) =>
  new awsx.classic.apigateway.API(name, {
    swaggerString,
    stageName: "v1",
    restApiArgs: { name: "stays" },
  });
make("known", text);
make("unknown", pulumi.output(unknown));
setTimeout(() => {
  console.log("name with a known document:", inputs.known?.name);
  console.log("name with one that is not known yet:", inputs.unknown?.name);
  assert.equal(inputs.known.name, "stays");
  assert.notEqual(inputs.unknown.name, "stays");
}, 3000);
JS
node seen.cjs
