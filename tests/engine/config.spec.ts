import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../local/engine/project";
import { loadStackConfig } from "../../local/engine/stack-config";
import { ConfigurationError } from "../../local/engine/configuration-error";
import { acceptedValues, refusedValues } from "../../local/tests/engine/config-types";
import { yamlForms } from "../../local/tests/engine/yaml-forms";
import { EngineStack, root } from "./engine-stack";
import type { CliRun } from "./engine-stack";

/** What of the config is written where. */
interface Files {
  /** Lines of the `config` block of `Pulumi.yaml`. Default: there is none. */
  project?: readonly string[];
  /** Those of the stack's file. Default: none. */
  stack?: readonly string[];
}

/** The config that a program gets. */
interface Received {
  values: Record<string, string>;
  secretKeys: string[];
}

/** A config that is not accepted, and the values of the command line, there taken as paths. */
type Refusal = readonly [title: string, files: Files, given?: Readonly<Record<string, string>>];

/** Refused in the engine's own words. */
const refusals: readonly Refusal[] = [
  ...refusedValues.map(([type, value]): Refusal => [
    `${value} as ${type}`,
    { project: [`key: { type: ${type} }`], stack: [`config:key: ${value}`] },
  ]),
  ["a key without value", { project: ["key: { type: string }"] }],
  [
    "three keys without values",
    { project: ["z: { type: string }", "a: { type: string }", "m: { description: text }"] },
  ],
  [
    "a secret in clear",
    { project: ["password: { type: string, secret: true }"], stack: ["config:password: x"] },
  ],
  ["a key of three parts", { stack: ["config:a:b: x"] }],
  ["a key of four parts", { stack: ["config:config:a:b: x"] }],
  ["a key of three parts on the command line", {}, { "config:a:b": "x" }],
  [
    "a value of another type on the command line",
    { project: ["key: { type: integer, default: 1 }"] },
    { key: "many" },
  ],
];

/** Refused as well, in words that tell more. */
const explained: readonly Refusal[] = [
  ["a number as key", { stack: ["1: x"] }],
  ["a key that is there twice", { stack: ["config:a: 1", "config:a: 2"] }],
  ["a path without an index", {}, { "h[x]": "1" }],
  ["a path that ends too early", {}, { "h.": "1" }],
  ["a path that begins too early", {}, { ".h": "1" }],
  ["a path whose quotes are open", {}, { 'h["a': "1" }],
  ["a path by index into what is no list", {}, { "h.a": "1", "h[0]": "1" }],
  ["a path by name into what is no object", {}, { "h[0]": "1", "h[0].a": "1" }],
  ["a path beyond a list", {}, { "h[0]": "1", "h[3]": "1" }],
];

describe("Config on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let engine: EngineStack;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "config-"));
    cpSync(join(__dirname, "fixtures/config"), dir, { recursive: true });
    await symlink(join(root, "node_modules"), join(dir, "node_modules"));
    engine = await EngineStack.start(dir);
  });

  after(async () => {
    await engine.stop();
    await rm(dir, { recursive: true });
  });

  function write({ project = [], stack = [] }: Files): void {
    const header = readFileSync(join(__dirname, "fixtures/config/Pulumi.yaml"), "utf8");
    writeFileSync(join(dir, "Pulumi.yaml"), header + block(project));
    writeFileSync(join(dir, "Pulumi.local.yaml"), block(stack));
  }

  async function preview(given: Readonly<Record<string, string>> = {}): Promise<CliRun> {
    const values = Object.entries(given).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    return await engine.run("preview", "--config-path", ...values);
  }

  /** What the program gets on the engine. */
  async function received(given?: Readonly<Record<string, string>>): Promise<Received> {
    const { code, stdout, stderr } = await preview(given);
    assert.equal(code, 0, stdout + stderr);
    return JSON.parse(readFileSync(join(dir, "received.json"), "utf8")) as Received;
  }

  /** What it gets of the stand-in. */
  async function loaded(given?: Readonly<Record<string, string>>): Promise<Received> {
    const project = await loadProject(dir);
    const { values, secretKeys } = await loadStackConfig(project, "local", given, { paths: true });
    return { values, secretKeys: [...secretKeys] };
  }

  it("is read as the stand-in reads it, in each form of YAML", async () => {
    write({ stack: yamlForms.map(([form], index) => `config:k${index}: ${form}`) });
    const { values } = await received();
    assert.deepEqual(
      yamlForms.map(([form], index) => [form, values[`config:k${index}`]]),
      yamlForms,
    );
  });

  it("is taken as the stand-in takes it, under each type", async () => {
    write({
      project: acceptedValues.map(([type], index) => `k${index}: { type: ${type} }`),
      stack: acceptedValues.map(([, value], index) => `config:k${index}: ${value}`),
    });
    const { values } = await received();
    assert.deepEqual(
      acceptedValues.map(([type, value], index) => [type, value, values[`config:k${index}`]]),
      acceptedValues,
    );
  });

  it("is put together as the stand-in does, of project, stack and command line", async () => {
    write({
      project: [
        ...["a: 1", "b: 1", "c: 1", "aws:region: us-east-1", "list: [1, two, 2026-01-01]"],
        ...["path.b: { type: integer, default: 5 }", "path.c: { type: string }"],
        "open: { type: boolean, default: true }",
      ],
      stack: ["config:a: 2", "config:b: 2", "config:config:old: x", "path: { c: x }", "other:k: v"],
    });
    const given = { a: "3", "pack:prefix": "x" };
    const expected = await received(given);
    assert.equal(expected.values["config:a"], "3");
    assert.deepEqual(await loaded(given), expected);
  });

  it("takes values of the command line as the stand-in does, as they are or by their paths", async () => {
    write({ stack: ["config:deep: { x: 1, b: 0 }"] });
    const given = {
      ...{ a: "1_000", b: "2026-01-01", c: "0123", d: "true", e: '{"a":1}', f: "" },
      ...{ "deep.b": "1", "deep.c": "true", "config:deep.d": "0123", 'n["a.b"]': "2" },
      ...{ "h[0]": "x", "h[1].y": "-5", "late[1]": "x" },
    };
    const expected = await received(given);
    assert.equal(expected.values["config:deep"], '{"b":1,"c":true,"d":"0123"}');
    assert.deepEqual(await loaded(given), expected);
  });

  it("has the secrets that the stand-in is given, and they are secret to it, too", async () => {
    write({
      project: ["password: { type: string, secret: true }", "open: x"],
      stack: ["config:open: y"],
    });
    for (const args of [
      ["password", "hunter2"],
      ["--path", "users.ada", "analytical"],
    ]) {
      assert.equal((await engine.run("config", "set", "--secret", ...args)).code, 0);
    }
    assert.equal((await engine.run("config", "set", "--path", "users.role", "admin")).code, 0);
    const expected = await received();
    assert.deepEqual(expected.secretKeys.sort(), ["config:password", "config:users"]);
    assert.doesNotMatch(readFileSync(join(dir, "Pulumi.local.yaml"), "utf8"), /hunter2|analytical/);
    const users = '{"ada":"analytical","role":"admin"}';
    const standIn = await loadStackConfig(await loadProject(dir), "local", {
      password: "hunter2",
      users,
    });
    assert.deepEqual(
      { values: standIn.values, secretKeys: [...standIn.secretKeys].sort() },
      expected,
    );
  });

  /** What the engine prints, and the message of the stand-in. */
  async function refused([, files, given]: Refusal): Promise<[printed: string, message: string]> {
    write(files);
    const { code, stderr } = await preview(given);
    assert.notEqual(code, 0);
    const error = await loaded(given).then(
      () => assert.fail("the stand-in takes it"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConfigurationError, String(error));
    return [stderr, error.message];
  }

  for (const refusal of refusals) {
    it(`is refused as by the stand-in: ${refusal[0]}`, async () => {
      const [printed, message] = await refused(refusal);
      assert.ok(printed.includes(message), `${printed}\n${message}`);
    });
  }

  for (const refusal of explained) {
    it(`is refused as well as by the stand-in: ${refusal[0]}`, async () => {
      await refused(refusal);
    });
  }
});

/** A `config` block, or nothing where it would be empty. */
function block(lines: readonly string[]): string {
  return lines.length > 0 ? `config:\n${lines.map((line) => `  ${line}\n`).join("")}` : "";
}
