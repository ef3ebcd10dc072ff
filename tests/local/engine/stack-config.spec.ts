import assert from "node:assert/strict";
import { loadProject } from "../../../local/engine/project";
import { loadStackConfig } from "../../../local/engine/stack-config";
import type { StackConfig } from "../../../local/engine/stack-config";
import { listStacks } from "../../../local/engine/stack-file";
import { temporaryProject } from "./temporary-project";

const header = "name: demo\nruntime: nodejs\n";

interface Files {
  /** The `config` block of `Pulumi.yaml`, indented by two spaces. */
  project?: string;
  /** `Pulumi.dev.yaml`. */
  stack?: string;
}

async function load(
  { project = "", stack = "config: {}\n" }: Files,
  overrides: Record<string, string> = {},
): Promise<StackConfig> {
  const { dir, remove } = await temporaryProject({
    "Pulumi.yaml": project === "" ? header : `${header}config:\n${project}\n`,
    "Pulumi.dev.yaml": stack,
  });
  try {
    return await loadStackConfig(await loadProject(dir), "dev", overrides);
  } finally {
    await remove();
  }
}

/** Expects the message of the error that `files` give. */
async function assertRefused(
  files: Files,
  message: string | RegExp,
  overrides?: Record<string, string>,
): Promise<void> {
  await assert.rejects(load(files, overrides), { name: "ConfigurationError", message });
}

describe("loadStackConfig", () => {
  it("adds the project as the namespace of keys that have none", async () => {
    const { values } = await load(
      { stack: "config:\n  a: x\n  demo:b: y\n  aws:region: eu-west-1\n" },
      { c: "z", "aws:profile": "p" },
    );
    assert.deepEqual(values, {
      "demo:a": "x",
      "demo:b": "y",
      "aws:region": "eu-west-1",
      "demo:c": "z",
      "aws:profile": "p",
    });
  });

  it("prefers overrides to the stack's values, and those to the project's", async () => {
    const { values } = await load(
      {
        project: "  a: 1\n  b: 1\n  c: 1\n  aws:region: us-east-1",
        stack: "config:\n  demo:a: 2\n  demo:b: 2\n",
      },
      { a: "3" },
    );
    assert.deepEqual(values, {
      "demo:a": "3",
      "demo:b": "2",
      "demo:c": "1",
      "aws:region": "us-east-1",
    });
  });

  it("turns values into text, keeping numbers and booleans of the stack as written", async () => {
    const { values } = await load({
      project: "  typed: { type: boolean, default: true }\n  list: [1, two]",
      stack: 'config:\n  id: 012345678901\n  rate: 1.50\n  on: true\n  none:\n  quoted: "1"\n',
    });
    assert.deepEqual(values, {
      "demo:id": "012345678901",
      "demo:rate": "1.50",
      "demo:on": "true",
      "demo:none": "",
      "demo:quoted": "1",
      "demo:typed": "true",
      "demo:list": '[1,"two"]',
    });
  });

  it("passes objects and arrays on as JSON", async () => {
    const { values } = await load({ stack: "config:\n  a: { b: [1, true] }\n  c: [x]\n" });
    assert.deepEqual(values, { "demo:a": '{"b":[1,true]}', "demo:c": '["x"]' });
  });

  it("takes an empty stack file", async () => {
    assert.deepEqual((await load({ stack: "" })).values, {});
  });

  it("names the stacks that exist when there is no such one", async () => {
    const { dir, remove } = await temporaryProject({
      "Pulumi.yaml": header,
      "Pulumi.b.yaml": "",
      "Pulumi.a.yaml": "",
    });
    const project = await loadProject(dir);
    assert.deepEqual(await listStacks(project), ["a", "b"]);
    await assert.rejects(loadStackConfig(project, "../a"), {
      name: "ConfigurationError",
      message: "There is no stack '../a': Pulumi.../a.yaml does not exist. Stacks: a, b.",
    });
    await remove();
  });

  it("names all keys that are missing", async () => {
    const project = "  z: { type: string }\n  a: { type: string }\n  m: { description: text }";
    await assertRefused(
      { project },
      "Stack 'dev' is missing configuration values 'a', 'm' and 'z'",
    );
    await assertRefused(
      { project, stack: "config: { a: x, z: y }" },
      "Stack 'dev' is missing configuration value 'm'",
    );
  });

  const wrong: [type: string, value: string, description?: string][] = [
    ["string", "{ a: b }"],
    ["integer", "1.5"],
    ["integer", "five"],
    ["boolean", "maybe"],
    ["object", "text"],
    ["array, items: { type: integer }", "[1, x]", "array<integer>"],
    ["array, items: { type: array, items: { type: string } }", "[a]", "array<array<string>>"],
  ];
  for (const [type, value, description = type] of wrong) {
    it(`refuses ${value} where the project declares ${description}`, async () => {
      await assertRefused(
        { project: `  key: { type: ${type} }`, stack: `config: { key: ${value} }` },
        `Stack 'dev' with configuration key 'key' must be of type '${description}'`,
      );
    });
  }

  const right: [type: string, value: string][] = [
    ["string", "5"],
    ["integer", '"5"'],
    ["integer", "-5"],
    ["boolean", '"true"'],
    ["object", "{ a: b }"],
    ["array, items: { type: integer }", "[1, 2]"],
  ];
  for (const [type, value] of right) {
    it(`takes ${value} where the project declares ${type}`, async () => {
      await load({ project: `  key: { type: ${type} }`, stack: `config: { key: ${value} }` });
    });
  }

  it("checks overrides too", async () => {
    const project = "  key: { type: integer, default: 1 }";
    await assertRefused({ project }, /must be of type 'integer'/, { key: "many" });
  });

  it("refuses an encrypted value, wherever it is, unless another one is given", async () => {
    const stack = "config:\n  demo:password:\n    secure: AAABAD\n";
    const refusal = /the value of 'demo:password' is encrypted and cannot be decrypted here/;
    await assertRefused({ stack }, refusal);
    const nested = "config:\n  demo:password:\n    inner: [{ secure: AAABAD }]\n";
    await assertRefused({ stack: nested }, refusal);
    const { values } = await load({ stack }, { password: "x" });
    assert.equal(values["demo:password"], "x");
  });

  it("tells which keys are secret, and refuses such a value in clear text in the stack", async () => {
    const project = "  password: { type: string, secret: true }";
    await assertRefused(
      { project, stack: "config: { password: x }" },
      "Stack 'dev' with configuration key 'password' must be encrypted as it's secret",
    );
    const { secretKeys } = await load({ project }, { password: "x" });
    assert.deepEqual(secretKeys, ["demo:password"]);
  });

  it("refuses environments, which need Pulumi Cloud", async () => {
    await assertRefused({ stack: "environment: [shared]\n" }, /'environment' needs Pulumi Cloud/);
  });
});
