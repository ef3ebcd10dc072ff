#!/usr/bin/env bash
# @pulumi/pulumi 3.276.0, runtime.setMocks.
# Expected: unit tests see what a resource transform has made of a resource, as a deployment does.
# Seen: transforms are never called under mocks, neither of the stack nor of a resource; the older
# transformations are. A test of tags that a transform adds passes or fails for the wrong reason.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @pulumi/pulumi@3.276.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const pulumi = require("@pulumi/pulumi");
const inputs = {};
pulumi.runtime.setMocks({
  newResource(args) {
    inputs[args.name] = args.inputs;
    return { id: args.name, state: args.inputs };
  },
  call: () => ({}),
});
class Thing extends pulumi.CustomResource {
  constructor(name, options) {
    super("test:index:Thing", name, { size: 1 }, options);
  }
}
const tag = ({ props, opts }) => ({ props: { ...props, tags: { owner: "a" } }, opts });
const created = (thing) => new Promise((resolve) => thing.urn.apply(resolve));
async function main() {
  pulumi.runtime.registerResourceTransform(tag);
  await created(new Thing("stack"));
  await created(new Thing("own", { transforms: [tag] }));
  await created(new Thing("old", { transformations: [tag] }));
  console.log("inputs under mocks:", inputs);
  assert.deepEqual(inputs, {
    stack: { size: 1 },
    own: { size: 1 },
    old: { size: 1, tags: { owner: "a" } },
  });
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
