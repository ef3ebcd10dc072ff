import assert from "node:assert/strict";
import { keepEnvironment } from "../../../tests/support/environment";
import { runSource } from "./run-source";

/** The outputs of a program that succeeds. */
async function outputsOf(source: Record<string, string>, folder?: string): Promise<unknown> {
  const { result, messages } = await runSource(source, {}, folder);
  assert.deepEqual(messages, []);
  return result?.outputs;
}

const helper = "export const twice = (text) => text + text;";

describe("The process of a program", function () {
  this.timeout(60_000);

  it("runs ES modules", async () => {
    const outputs = await outputsOf({
      "package.json": '{ "type": "module" }',
      "index.js":
        'import { twice } from "./helper.js"; export const text = await Promise.resolve(twice("a"));',
      "helper.js": helper,
    });
    assert.deepEqual(outputs, { text: "aa" });
  });

  it("runs ES modules in TypeScript that Node.js reads by itself", async () => {
    const outputs = await outputsOf({
      "Pulumi.yaml": "name: source\nruntime: { name: nodejs, options: { typescript: false } }",
      "package.json": '{ "type": "module" }',
      "index.mts":
        'import { twice } from "./helper.mts"; const text: string = twice("b"); export default { text };',
      "helper.mts": "export const twice = (text: string): string => text + text;",
    });
    assert.deepEqual(outputs, { text: "bb" });
  });

  it("gives nothing to Node.js that the SDK takes for a loader of the program's own", async () => {
    const outputs = await outputsOf({ "index.ts": "export const args = process.execArgv;" });
    const { args } = outputs as { args: string[] };
    assert.deepEqual(
      args.filter((arg) => ["--require", "--import", "--loader"].includes(arg)),
      [],
    );
    assert.ok(args.some((arg) => arg.startsWith("--require=")));
  });

  it("has the arguments that Pulumi.yaml asks for, such as a loader", async () => {
    const outputs = await outputsOf({
      "Pulumi.yaml":
        "name: source\nruntime: { name: nodejs, options: { typescript: 'false', " +
        "nodeargs: '--import tsx --title=\"two words\"' } }",
      "package.json": '{ "type": "module", "main": "index.ts" }',
      "index.ts":
        'import { twice } from "./helper.js"; export const text: string = twice("c"); export const title = process.title;',
      "helper.ts": helper,
    });
    assert.deepEqual(outputs, { text: "cc", title: "two words" });
  });

  it("lets a provider take its region from the environment, and nothing else of AWS", async () => {
    const restore = keepEnvironment();
    Object.assign(process.env, { AWS_REGION: "eu-north-1", AWS_PROFILE: "of-the-host" });
    try {
      const { result } = await runSource(
        {
          "index.ts":
            'import * as aws from "@pulumi/aws"; new aws.Provider("elsewhere");' +
            "export const profile = process.env.AWS_PROFILE ?? null;",
        },
        { dryRun: true },
      );
      const provider = result?.resources.find(({ name }) => name === "elsewhere");
      assert.equal(provider?.inputs.region, "eu-north-1");
      assert.deepEqual(result?.outputs, { profile: null });
    } finally {
      restore();
    }
  });

  it("runs where 'main' says, outside the project's folder, too", async () => {
    const outputs = await outputsOf(
      {
        "stack/Pulumi.yaml": "name: source\nruntime: nodejs\nmain: ../other",
        "stack/Pulumi.dev.yaml": "",
        "other/package.json": "{}",
        "other/index.ts":
          'import * as path from "node:path"; import * as pulumi from "@pulumi/pulumi";' +
          "export const cwd = path.basename(process.cwd());" +
          "export const root = path.basename(pulumi.runtime.getRootDirectory());",
      },
      "stack",
    );
    assert.deepEqual(outputs, { cwd: "other", root: "stack" });
  });
});

describe("A program that ends too early", function () {
  this.timeout(60_000);

  const program = `import * as pulumi from "@pulumi/pulumi";
    const thing = (args = {}) => new pulumi.ComponentResource("test:index:Group", "one", args);
    const bucket = (args = {}) => new (class extends pulumi.CustomResource {
      constructor() { super("test:index/thing:Thing", "thing", args); }
    })();
  `;

  const failing: [what: string, source: string, message: RegExp][] = [
    [
      "with success, while a registration is under way",
      "bucket(); process.exit(0);",
      /exited before the following resource(.|\n)*Program exited with non-zero exit code: 1$/,
    ],
    [
      "with success, once a registration is done",
      // Its outputs never are; those of the stack may be registered by then, or not.
      `class Late extends pulumi.ComponentResource {
        constructor() {
          super("test:index:Late", "late");
          this.registerOutputs({ never: new Promise(() => {}) });
        }
      }
      new Late().urn.apply(() => process.exit(0));`,
      /promises? (was|were) still active(.|\n)*Program exited with non-zero exit code: 1$/,
    ],
    [
      "because a value never comes",
      "bucket({ size: new Promise(() => {}) });",
      /waiting for the value of its input property "size"(.|\n)*non-zero exit code: 1$/,
    ],
    ["with a code of its own", "process.exitCode = 5;", /non-zero exit code: 5$/],
    ["by a signal", 'thing(); process.kill(process.pid, "SIGKILL");', /ended by SIGKILL$/],
    [
      "by an exception in a callback",
      'thing(); setTimeout(() => { throw new Error("late"); }, 1);',
      /failed with an unhandled exception:\nError: late/,
    ],
    [
      "by a rejected text",
      'void Promise.reject("a text");',
      /failed with an unhandled exception:\na text$/,
    ],
  ];
  for (const [what, source, message] of failing) {
    it(`fails: ${what}`, async () => {
      const { error, messages } = await runSource({ "index.ts": program + source });
      assert.equal(error?.name, "RunFailed");
      assert.match(messages.join("\n"), message);
    });
  }

  it("succeeds with success when nothing is under way, as with Pulumi", async () => {
    const { error, messages } = await runSource({ "index.ts": "process.exit(0);" });
    assert.deepEqual([error, messages], [undefined, []]);
  });
});
