import assert from "node:assert/strict";
import { loadProject } from "../../engine/project";
import { loadStackConfig } from "../../engine/stack-config";
import type { LoadOptions, StackConfig } from "../../engine/stack-config";
import { listStacks } from "../../engine/stack-file";
import { acceptedValues, refusedValues } from "./config-types";
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
  options: LoadOptions = {},
): Promise<StackConfig> {
  const { dir, remove } = await temporaryProject({
    "Pulumi.yaml": project === "" ? header : `${header}config:\n${project}\n`,
    "Pulumi.dev.yaml": stack,
  });
  try {
    return await loadStackConfig(await loadProject(dir), "dev", overrides, options);
  } finally {
    await remove();
  }
}

/** Expects the message of the error that `files` give. */
async function assertRefused(
  files: Files,
  message: string | RegExp,
  overrides?: Record<string, string>,
  options?: LoadOptions,
): Promise<void> {
  await assert.rejects(load(files, overrides, options), { name: "ConfigurationError", message });
}

/** The warnings that `files` give. */
async function warnings(files: Files): Promise<string[]> {
  const given: string[] = [];
  await load(files, {}, { warn: (message) => given.push(message) });
  return given;
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

  it("turns values into text, those of the project and of the stack", async () => {
    const { values } = await load({
      project: "  typed: { type: boolean, default: true }\n  list: [1, two, 2026-01-01]",
      stack: 'config:\n  id: 0x10\n  on: true\n  none:\n  quoted: "1"\n',
    });
    assert.deepEqual(values, {
      "demo:id": "16",
      "demo:on": "true",
      "demo:none": "",
      "demo:quoted": "1",
      "demo:typed": "true",
      "demo:list": '[1,"two","2026-01-01T00:00:00Z"]',
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

  for (const [type, value, description = type] of refusedValues) {
    it(`refuses ${value} where the project declares ${description}`, async () => {
      await assertRefused(
        { project: `  key: { type: ${type} }`, stack: `config: { key: ${value} }` },
        `Stack 'dev' with configuration key 'key' must be of type '${description}'`,
      );
    });
  }

  for (const [type, value, text] of acceptedValues) {
    it(`takes ${value} as ${text} where the project declares ${type}`, async () => {
      const files = { project: `  key: { type: ${type} }`, stack: `config: { key: ${value} }` };
      assert.deepEqual((await load(files)).values, { "demo:key": text });
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

  it("refuses a file that is no map, unless it is empty", async () => {
    const refusal = "Pulumi.dev.yaml must be a map, such as one with the key 'config'; it is";
    await assertRefused({ stack: "- a\n" }, `${refusal} a list`);
    await assertRefused({ stack: "alertEmail\n" }, `${refusal} the value alertEmail`);
    for (const stack of ["", "# Nothing.\n", "---\n", "null\n", "{}\n"]) {
      assert.deepEqual((await load({ stack })).values, {});
    }
  });

  it("refuses config that is no object, and keys that are no text", async () => {
    await assertRefused({ stack: "config: [a]" }, /^Pulumi\.dev\.yaml: 'config' must be an object/);
    await assertRefused({ stack: "config: { 1: a }" }, /^Pulumi\.dev\.yaml: the key 1 is no text;/);
    await assertRefused({ stack: "config:\n  a: 1\n  a: 2" }, /^Pulumi\.dev\.yaml: .*unique/);
    assert.deepEqual((await load({ stack: "config: { '1': a }" })).values, { "demo:1": "a" });
  });

  it("takes values of the command line as they are", async () => {
    const given = { a: "1_000", b: "2026-01-01", c: "0123", d: "true", e: '{"a":1}', "f.g": "1" };
    const { values } = await load({}, given);
    assert.deepEqual(
      values,
      Object.fromEntries(Object.entries(given).map(([key, value]) => [`demo:${key}`, value])),
    );
  });

  it("takes the old form of a key with a namespace, and refuses keys of more parts", async () => {
    const { values } = await load(
      { stack: "config: { 'demo:config:a': x }" },
      { "demo:config:b": "y" },
    );
    assert.deepEqual(values, { "demo:a": "x", "demo:b": "y" });
    for (const key of ["demo:a:b", "demo:a:b:c", "demo:config:a:b"]) {
      const message = `could not parse ${key} as a configuration key (configuration keys should be of the form \`<namespace>:<name>\`)`;
      await assertRefused({ stack: `config: { '${key}': x }` }, message);
      await assertRefused({}, message, { [key]: "x" });
    }
  });

  it("takes keys of the command line as paths when it is told to", async () => {
    const given = {
      "a.b": "1",
      "a.c": "true",
      "demo:a.d": "0123",
      "h[0]": "x",
      "h[1].y": "-5",
      'n["a.b"]': "2",
      "late[1]": "x",
      top: "5",
    };
    const stack = "config:\n  demo:a: { x: 1, b: 0 }\n";
    const { values } = await load({ stack }, given, { paths: true });
    assert.deepEqual(values, {
      "demo:a": '{"b":1,"c":true,"d":"0123"}',
      "demo:h": '["x",{"y":-5}]',
      "demo:n": '{"a.b":2}',
      "demo:late": '[null,"x"]',
      "demo:top": "5",
    });
  });

  it("refuses paths that are none or lead nowhere", async () => {
    const refusals: [RegExp, Record<string, string>][] = [
      [/^invalid config key path 'h\[x\]': a path is /, { "h[x]": "1" }],
      [/^invalid config key path 'h\.': /, { "h.": "1" }],
      [/^invalid config key path '\.h': /, { ".h": "1" }],
      [/^invalid config key path 'h\["a': /, { 'h["a': "1" }],
      [/^0 of a config key path needs an array, which is not there/, { "h.a": "1", "h[0]": "1" }],
      [/^"a" of a config key path needs an object/, { "h[0]": "1", "h[0].a": "1" }],
      [/^\[3\] of a config key path is out of the array's range/, { "h[0]": "1", "h[3]": "1" }],
    ];
    for (const [message, given] of refusals) {
      await assertRefused({}, message, given, { paths: true });
    }
  });

  it("takes what the project declares as default for what it is", async () => {
    const project = "  key: { type: integer, default: 99999999999999999999 }";
    assert.deepEqual((await load({ project })).values, { "demo:key": "100000000000000000000" });
  });

  it("takes declared keys for paths into values", async () => {
    const project = "  a.b: { type: integer, default: 5 }\n  a.c: { type: string }";
    const { values } = await load({ project, stack: "config: { a: { c: x } }" });
    assert.deepEqual(values, { "demo:a": '{"b":5,"c":"x"}' });
    await assertRefused({ project }, "Stack 'dev' is missing configuration value 'a.c'");
  });

  describe("with secrets", () => {
    const stack =
      "config:\n  demo:password: { secure: AAABAD }\n" +
      "  demo:users: { ada: { secure: AAABAE }, role: admin, bob: [open, { secure: AAABAE }] }\n";

    it("keeps secret on the command line what the stack keeps encrypted", async () => {
      const users = '{"ada":"analytical","role":"operator","bob":["visible","hidden"],"eve":"new"}';
      const { secretKeys, secrets } = await load({ stack }, { password: "hunter2", users });
      assert.deepEqual(secretKeys, ["demo:password", "demo:users"]);
      assert.deepEqual(secrets, ["hunter2", "hunter2", "analytical", "hidden", "new"]);
    });

    it("keeps all of a value secret that the project declares so, as a whole and in parts", async () => {
      const project = "  keys: { type: array, items: { type: string }, secret: true }";
      const given = { "keys[0]": "first", "keys[1]": "second" };
      const { secrets } = await load({ project }, given, { paths: true });
      assert.deepEqual(secrets, ['["first","second"]', "first", "second"]);
    });

    it("has none where nothing is secret", async () => {
      assert.deepEqual((await load({}, { a: "x" })).secrets, []);
    });
  });

  describe("with keys that the project does not declare", () => {
    const project = "  dailyQuota: { type: integer, default: 1 }\n  prefix: x\n  aws:region: a";

    const refusals: [key: string, message: string][] = [
      ["dailyQouta", "Pulumi.yaml declares no key 'dailyQouta'; did you mean 'dailyQuota'?"],
      ["demo:Prefix", "Pulumi.yaml declares no key 'Prefix'; did you mean 'prefix'?"],
      ["nosuch", "Pulumi.yaml declares no key 'nosuch'; its keys are dailyQuota, prefix"],
      ["demp:prefix", "'demp:prefix' is no key of the project; did you mean 'demo:prefix'?"],
    ];
    for (const [key, message] of refusals) {
      it(`refuses ${key} on the command line, and warns of it in the stack`, async () => {
        await assertRefused({ project }, `--config: ${message}`, { [key]: "1" });
        const stack = `config: { '${key}': x }`;
        assert.deepEqual(await warnings({ project, stack }), [`Pulumi.dev.yaml: ${message}`]);
      });
    }

    it("names them all", async () => {
      await assertRefused({ project }, /'nosuch'; .*; .*'prefxi'; did/, { nosuch: "", prefxi: "" });
    });

    it("takes one that the stack has too", async () => {
      const { values } = await load({ project, stack: "config: { extra: 1 }" }, { extra: "2" });
      assert.equal(values["demo:extra"], "2");
    });

    it("takes one that the program names, wherever its code is", async () => {
      const program = {
        "index.ts": 'import { key } from "./lib";\nconsole.log(key);',
        "lib.ts": "export const key = `extra`;",
      };
      const { dir, remove } = await temporaryProject({
        "Pulumi.yaml": `${header}config:\n${project}\n`,
        "Pulumi.dev.yaml": "config: { extra: 1 }",
        "package.json": '{ "main": "index.ts" }',
        ...program,
      });
      const given: string[] = [];
      const warn = (message: string) => given.push(message);
      const loaded = await loadProject(dir);
      assert.equal((await loadStackConfig(loaded, "dev", {}, { warn })).values["demo:extra"], "1");
      assert.deepEqual(given, []);
      await assert.rejects(loadStackConfig(loaded, "dev", { extras: "" }), /no key 'extras'/);
      await remove();
    });

    it("takes all where the project declares none of its own", async () => {
      const open = "  aws:region: a";
      assert.deepEqual(await warnings({ project: open, stack: "config: { any: x }" }), []);
      await load({ project: open }, { any: "x" });
      await load({}, { any: "x" });
    });

    it("takes those of providers and policy packs", async () => {
      await load({ project }, { "aws:regoin": "x", "pulumi:tags": "{}", "pack:prefix": "x" });
    });
  });

  describe("with a text in the stack that YAML changes", () => {
    const texts: [declared: string, form: string, warning?: RegExp][] = [
      ["{ type: string }", "0123456789012", /the number 123456789012; write "0123456789012"/],
      ["{ type: string }", "1_000", /the number 1000; write "1_000"/],
      ["{ type: string }", "2026-01-01", /the date 2026-01-01 00:00:00 \+0000 UTC; write "2026-/],
      ["{ type: string }", "True", /the boolean true; write "True"/],
      ["{ type: string }", "1.10", /the number 1\.1; write "1\.10"/],
      ["{ type: string }", "+4930123", /the number 4930123; write "\+4930123"/],
      ["{ type: object }", "{ id: 012 }", /has 012 without quotes, .* the number 10;/],
      ["{ type: integer }", "017", /the number 15; write "017"/],
      ["{ type: array, items: { type: integer } }", "[0o17, 1_0]"],
      ["{ type: integer }", "1_000"],
      ["{ type: boolean }", "True"],
      ["{ type: string }", "'0123'"],
      ["{ type: string }", "123456789012"],
      ["{ type: string }", "!!str 0123"],
      ["{ type: string }", "no"],
    ];
    for (const [declared, form, warning] of texts) {
      it(`${warning ? "warns" : "says nothing"} of ${form} under ${declared}`, async () => {
        const files = { project: `  key: ${declared}`, stack: `config: { key: ${form} }` };
        const given = await warnings(files);
        assert.equal(given.length, warning ? 1 : 0, given.join());
        assert.match(given.join(), warning ?? /^$/);
      });
    }

    it("warns where the project declares nothing, but for booleans", async () => {
      const stack = "config: { id: 0123456789012, on: True }";
      assert.deepEqual(await warnings({ stack }), [
        "Pulumi.dev.yaml: 'demo:id' has 0123456789012 without quotes, which YAML takes for the number " +
          '123456789012; write "0123456789012" to keep it as it is',
      ]);
    });

    it("warns of a key that nothing is given for", async () => {
      assert.deepEqual(await warnings({ stack: "config: { none: }" }), [
        "Pulumi.dev.yaml: 'demo:none' has no value, which counts as an empty text; write \"\" to say so",
      ]);
    });
  });
});
