// Loaded into the processes of policy packs that say in `PulumiPolicy.yaml` that they are no TypeScript.
// The SDK loads the compiler into all of them.
"use strict";

const { createRequire } = require("node:module");

const runner = createRequire(require.resolve("@pulumi/pulumi"))("./cmd/run-policy-pack/run");
const { run } = runner;

runner.run = (options) => run({ ...options, typeScript: false });
