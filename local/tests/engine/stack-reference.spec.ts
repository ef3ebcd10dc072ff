import assert from "node:assert/strict";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import type { EngineEvent } from "../../engine/events";
import type { RunOptions } from "../../engine/run-program";
import { readStackReference } from "../../engine/stack-reference";
import type { FindStackOutputs } from "../../engine/stack-reference";
import { javaScript, runSource } from "./run-source";

const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });

const network = {
  vpc: "vpc-1",
  none: null,
  rate: NaN,
  sub: { ids: ["a", secret("b")] },
  password: secret("hush"),
  key: secret(null),
};

const findStackOutputs: FindStackOutputs = ({ project, stack }) =>
  Promise.resolve(new Map([["network/dev", network]]).get(`${project}/${stack}`));

const current = { project: "source", stack: "dev" };

/** Runs a program, `exports`, with a reference `stack` to the stack of that name. */
async function refer(name: string, exports: string, options: Partial<RunOptions> = {}) {
  const program = `
    import * as pulumi from "@pulumi/pulumi";
    const stack = new pulumi.StackReference("ref", { name: ${JSON.stringify(name)} });
    ${exports}
  `;
  return await runSource(javaScript(program), { findStackOutputs, ...options });
}

describe("A reference to another stack", function () {
  // Each is a process, on a machine that is busy.
  this.timeout(60_000);

  for (const [run, options] of Object.entries({
    "a real run": {},
    "a run that is only judged": { judgeOnly: true },
    "a preview": { dryRun: true },
  })) {
    it(`gives that stack's outputs and keeps secret those that are, in ${run}`, async () => {
      const exports = `
        export const name = stack.name;
        export const id = stack.id;
        export const names = stack.secretOutputNames;
        export const vpc = stack.requireOutput("vpc");
        export const none = stack.getOutput("none");
        export const rate = stack.getOutput("rate");
        export const sub = stack.getOutput("sub");
        export const password = stack.getOutput("password");
        export const required = stack.requireOutput("key");
        export const missing = stack.getOutput("missing");
        export const open = stack.getOutputDetails("vpc");
        export const hidden = stack.getOutputDetails("password");
        export const all = stack.outputs;
      `;
      const { result, messages } = await refer("organization/network/dev", exports, options);
      const sub = { ids: ["a", "b"] };
      assert.deepEqual(
        result?.outputs,
        {
          name: "organization/network/dev",
          id: "organization/network/dev",
          names: ["key", "password", "sub"],
          vpc: "vpc-1",
          none: null,
          rate: NaN,
          sub,
          password: "hush",
          required: null,
          open: { value: "vpc-1" },
          hidden: { secretValue: "hush" },
          all: { vpc: "vpc-1", none: null, rate: NaN, sub, password: "hush", key: null },
        },
        messages.join("\n"),
      );
      assert.deepEqual(result.secretOutputs.sort(), ["all", "password", "required", "sub"]);
    });
  }

  it("fails the program that requires an output which is not there", async () => {
    const { error, messages } = await refer("/network/dev", `stack.requireOutput("nope");`);
    assert.ok(error);
    assert.match(
      messages.join("\n"),
      /Error: Required output 'nope' does not exist on stack '\/network\/dev'\./,
    );
  });

  for (const name of ["dev", "/dev", "//dev", "organization/dev", "organization//dev"]) {
    it(`takes ${name} for a stack of the same project, here itself, which has no outputs yet`, async () => {
      const properties = await readStackReference(name, current, findStackOutputs);
      assert.deepEqual(properties, { name, outputs: {}, secretOutputNames: [] });
    });
  }

  const long = "p".repeat(100);
  const invalidStack =
    "a stack name may only contain alphanumeric, hyphens, underscores, or periods: " +
    "invalid character ' ' at position";
  const invalidProject =
    "project names may only contain alphanumerics, hyphens, underscores, and periods";
  const refusals = {
    nope: 'unknown stack "nope"',
    "organization/network/nope": 'unknown stack "organization/network/nope"',
    "organization/nope/dev": 'unknown stack "organization/nope/dev"',
    "organization/p/..": 'unknown stack "organization/p/.."',
    [`organization/${long}/dev`]: `unknown stack "organization/${long}/dev"`,
    "network/dev": "organization name must be 'organization'",
    "acme/network/dev": "organization name must be 'organization'",
    "acme/net work/d ev": "organization name must be 'organization'",
    "dev/": "organization name must be 'organization'",
    "organization/net work/d ev": invalidProject,
    "organization/né/dev": invalidProject,
    [`organization/p${long}/dev`]: "project names are limited to 100 characters",
    [`organization/p/s${long}`]: "a stack name cannot exceed 100 characters",
    "organization/p/": "a stack name may not be empty",
    "a/b/c/d": "a stack name may not be empty",
    "organization/network/d ev": `${invalidStack} 1`,
    "organization/network/dev ": `${invalidStack} 3`,
  };
  for (const [name, message] of Object.entries(refusals)) {
    it(`is refused as ${name}: ${message}`, async () => {
      await assert.rejects(readStackReference(name, current, findStackOutputs), { message });
    });
  }

  it("ends the run, with what is wrong told of the reference", async () => {
    const { error, diagnostics } = await refer("acme/network/dev", "", { judgeOnly: true });
    assert.ok(error);
    const urn = "urn:pulumi:dev::source::pulumi:pulumi:StackReference::ref";
    const message = "organization name must be 'organization'";
    assert.deepEqual(diagnostics, [{ kind: "diagnostic", severity: "error", message, urn }]);
  });

  it("is refused in a preview, too", async () => {
    const { error, messages } = await refer("nope", "", { dryRun: true });
    assert.ok(error);
    assert.deepEqual(messages, ['error: Preview failed: unknown stack "nope"']);
  });

  describe("that is registered, as by old SDKs", () => {
    const warning =
      'warning: The "pulumi:pulumi:StackReference" resource type is deprecated. Update your SDK or ' +
      "if already up to date raise an issue at https://github.com/pulumi/pulumi/issues.";

    async function register(args: string, exports = "", options: Partial<RunOptions> = {}) {
      const program = `
        import * as pulumi from "@pulumi/pulumi";
        class Reference extends pulumi.CustomResource {
          declare outputs: pulumi.Output<Record<string, unknown>>;
          constructor(name: string, args: object) {
            super("pulumi:pulumi:StackReference", name, { outputs: undefined, ...args });
          }
        }
        const stack = new Reference("ref", ${args});
        ${exports}
      `;
      return await runSource(javaScript(program), { findStackOutputs, ...options });
    }

    it("gives that stack's outputs, with a warning and an id of its own", async () => {
      const exports =
        "export const id = stack.id; export const vpc = stack.outputs.vpc; export const password = stack.outputs.password;";
      const { result, messages } = await register('{ name: "/network/dev" }', exports);
      assert.deepEqual(messages, [warning]);
      const { id, ...outputs } = result?.outputs ?? {};
      assert.match(String(id), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      assert.deepEqual(outputs, { vpc: "vpc-1", password: "hush" });
      assert.ok(result?.resources.some(({ type }) => type === "pulumi:pulumi:StackReference"));
    });

    it("is created without being told as recorded", async () => {
      const events: EngineEvent[] = [];
      const program = `
        import * as pulumi from "@pulumi/pulumi";
        new pulumi.CustomResource("pulumi:pulumi:StackReference", "ref", { name: "dev" });
      `;
      await runSource(
        { "index.ts": program },
        { findStackOutputs, onEvent: (event) => events.push(event) },
        ".",
        ({ create }) => create(),
      );
      assert.deepEqual(
        events.flatMap((event) =>
          event.kind === "created" && event.resource.name === "ref" ? [event.onlyRecorded] : [],
        ),
        [false],
      );
    });

    const problems: [args: string, message: string][] = [
      ["{}", 'missing required property "name"'],
      ["{ name: 5 }", 'property "name" must be a string'],
      ['{ name: "dev", stack: "dev" }', 'unknown property "stack"'],
      ['{ name: "nope" }', 'unknown stack "nope"'],
    ];
    for (const [args, message] of problems) {
      it(`is refused with ${args}: ${message}`, async () => {
        const { error, messages } = await register(args);
        assert.equal(error?.name, "RunFailed");
        assert.deepEqual(messages.sort(), [`error: ${message}`, warning]);
      });
    }
  });
});
