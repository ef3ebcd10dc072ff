import assert from "node:assert/strict";
import { javaScript, runSource } from "./run-source";

const program = `import * as pulumi from "@pulumi/pulumi";
  class Any extends pulumi.CustomResource {
    constructor(type: string, name: string, options?: pulumi.CustomResourceOptions, args = {}) {
      super(type, name, args, options);
    }
  }
  const thing = "test:index/thing:Thing";
  const group = (type = "test:index:Group", name = "group") => new pulumi.ComponentResource(type, name);
  const { FileAsset } = pulumi.asset;
`;

function run(source: string) {
  return runSource(javaScript(program + source), { dryRun: true });
}

const name = (urn: string) => `{ urn: pulumi.output("${urn}") }`;

describe("A request that the engine refuses", function () {
  this.timeout(60_000);

  const refused: [what: string, source: string, message: string][] = [
    [
      "a type without package and module",
      'new Any("Thing", "one");',
      "failed to register new resource one [Thing]: 3 INVALID_ARGUMENT: Type 'Thing' is not a valid type token (must have format '*:*:*')",
    ],
    [
      "a type of two parts",
      'new Any("a:b", "one");',
      "failed to register new resource one [a:b]: 3 INVALID_ARGUMENT: Type 'a:b' is not a valid type token (must have format '*:*:*')",
    ],
    [
      "a parent that is no URN",
      `const parent = group(); Object.assign(parent, ${name("nourn")}); new Any(thing, "one", { parent });`,
      '3 INVALID_ARGUMENT: invalid parent URN: invalid URN "nourn"',
    ],
    [
      "an alias that is no URN",
      'new Any(thing, "one", { aliases: ["old"] });',
      'failed to register new resource one [test:index/thing:Thing]: 3 INVALID_ARGUMENT: invalid alias URN: invalid URN "old"',
    ],
    [
      "a timeout that is no duration",
      'new Any(thing, "one", { customTimeouts: { create: "soon" } });',
      "2 UNKNOWN: unable to parse customTimeout Value soon",
    ],
    [
      "a timeout without a unit",
      'new Any(thing, "one", { customTimeouts: { delete: "5" } });',
      "2 UNKNOWN: unable to parse customTimeout Value 5",
    ],
    [
      "an asset that is not there",
      'new Any(thing, "one", {}, { source: new FileAsset("./nope.txt") });',
      "2 UNKNOWN: unmarshal properties: failed to compute asset hash at source: failed to open asset file '",
    ],
    [
      "a lookup by a type without package and module",
      'new Any("Thing", "one", { id: "some" });',
      "Type 'Thing' is not a valid type token (must have format '*:*:*')",
    ],
  ];
  for (const [what, source, message] of refused) {
    it(`is ${what}`, async () => {
      const { error, messages } = await run(source);
      assert.equal(error?.name, "RunFailed");
      assert.ok(messages.join("\n").includes(message), messages.join("\n"));
    });
  }

  const missing: [what: string, options: string, message: string][] = [
    ["a parent", "{ parent: ghost }", "could not find parent resource GHOST"],
    [
      "what it depends on",
      "{ dependsOn: ghost }",
      "failed to verify snapshot: resource ONE refers to missing dependency GHOST",
    ],
    [
      "what it is deleted with",
      "{ deletedWith: ghost }",
      "failed to verify snapshot: resource ONE is specified as being deleted with GHOST, which is missing",
    ],
    [
      "what an input comes from",
      "{}, { input: new pulumi.Output([ghost], Promise.resolve(1), Promise.resolve(true), Promise.resolve(false), Promise.resolve([ghost])) }",
      "failed to verify snapshot: resource ONE refers to missing dependency GHOST",
    ],
  ];
  for (const [what, options, message] of missing) {
    it(`has ${what} among what is not there`, async () => {
      const ghost = "urn:pulumi:dev::source::test:index/thing:Thing::ghost";
      const { error, diagnostics } = await run(`
        const ghost = new Any(thing, "seen");
        Object.assign(ghost, ${name(ghost)});
        new Any(thing, "one", ${options});`);
      assert.equal(error?.name, "RunFailed");
      const [diagnostic] = diagnostics;
      const one = ghost.replace(/\w+$/, "one");
      const urn = diagnostic?.urn ?? "";
      assert.equal(urn.split("::").at(-1), "one");
      assert.equal(diagnostic?.message, message.replace("GHOST", ghost).replace("ONE", one));
    });
  }

  it("may depend on what the program has looked up, and on what is a provider", async () => {
    const { error, messages } = await run(`
      const found = new Any(thing, "found", { id: "some" });
      const stack = new pulumi.StackReference("stack", { name: "dev" });
      class Provider extends pulumi.ProviderResource {}
      const provider = new Provider("test", "own");
      new Any(thing, "one", { dependsOn: [found, stack, provider], deletedWith: found, provider });
      new Any(thing, "two", { parent: found });`);
    assert.deepEqual([error, messages], [undefined, []]);
  });

  it("is a component's end without its beginning", async () => {
    const ghost = "urn:pulumi:dev::source::test:index:Group::ghost";
    const { error, diagnostics } = await run(`Object.assign(group(), ${name(ghost)});`);
    assert.equal(error?.name, "RunFailed");
    assert.deepEqual(
      diagnostics.map(({ message, urn }) => [message, urn]),
      [[`cannot complete a resource '${ghost}' whose registration isn't pending`, ghost]],
    );
  });

  it("is none of these", async () => {
    const { error, messages } = await run(`
      group("Group", "free");
      new Any("test:index/thing:Thing:more", "a::b$c/d e", {
        customTimeouts: { create: "1h30m", update: "1.5s", delete: "0" },
        ignoreChanges: ["tags[", ""], replaceOnChanges: ["a[0].b"],
        aliases: [{ name: "old" }, { parent: pulumi.rootStackResource }],
      });`);
    assert.deepEqual([error, messages], [undefined, []]);
  });
});
