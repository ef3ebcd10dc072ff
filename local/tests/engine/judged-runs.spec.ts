import assert from "node:assert/strict";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { ResourceProvider } from "../../engine/resource-provider";
import type { SourceRun } from "./run-source";
import { javaScript, runSource } from "./run-source";
import { FakeProvider } from "./fake-provider";
import { NotEmulated } from "../../provider/refuse-inputs";
import type { PlannedResource, Properties } from "../../provider/resource";

/** Lacks the function `getZones` and things that are `exotic`. */
class PoorProvider extends FakeProvider {
  override plan(resource: Parameters<ResourceProvider["plan"]>[0]): Promise<PlannedResource> {
    return resource.inputs.exotic === true
      ? Promise.reject(new NotEmulated(resource, "exotic"))
      : super.plan(resource);
  }

  override invoke(token: string, args: Properties): Promise<Properties> {
    return token === "test:index:getZones"
      ? Promise.reject(new NotEmulated({ name: token }, "this function"))
      : super.invoke(token, args);
  }
}

const program = `import * as pulumi from "@pulumi/pulumi";
  class Thing extends pulumi.CustomResource {
    declare arn: pulumi.Output<string>;
    constructor(name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
      super("test:index/thing:Thing", name, { arn: undefined, ...args }, options);
    }
  }
  class Remote extends pulumi.ComponentResource {
    declare vpcId: pulumi.Output<string>;
    constructor(name: string) {
      super("awsx:ec2:Vpc", name, { vpcId: undefined, tags: { a: "b" } }, {}, true);
    }
  }
  const zones = (): Promise<any> => pulumi.runtime.invoke("test:index:getZones", {});
  const zonesOutput = (): any => pulumi.runtime.invokeOutput("test:index:getZones", {});
`;

const modes: [what: string, dryRun: boolean][] = [
  ["in a preview", true],
  ["as if deployed", false],
];

for (const [what, dryRun] of modes) {
  describe(`A program that is only judged, ${what}`, function () {
    this.timeout(60_000);

    async function run(source: string): Promise<SourceRun> {
      return await runSource(javaScript(`${program} module.exports = async () => { ${source} };`), {
        dryRun,
        judgeOnly: true,
        provider: new PoorProvider(),
      });
    }

    async function inputs(source: string): Promise<Record<string, Properties>> {
      const { result, messages } = await run(source);
      assert.deepEqual(messages, []);
      const things =
        result?.resources.filter(({ type }) => type === "test:index/thing:Thing") ?? [];
      return Object.fromEntries(things.map(({ name, inputs: given }) => [name, given]));
    }

    it("goes on with an unknown answer of a function, used as what it stands for", async () => {
      const { one, two, each, sub } = await inputs(`
        const { names, nested } = await zones();
        new Thing("one", { zone: names[0], text: \`zone \${names[1]}\`, count: names.length,
          json: JSON.stringify({ zone: nested.deep.zone, list: names }), upper: nested.name.toUpperCase() });
        names.slice(0, 3).map((zone: string) => new Thing("two", { zone, known: 1 }));
        for (const zone of names) new Thing("each", { zone });
        new Thing("sub", { zone: pulumi.interpolate\`a-\${names[0]}\`, all: pulumi.all([names]).apply(([n]) => n[0]) });`);
      assert.deepEqual(one, {
        zone: unknownValue,
        text: unknownValue,
        count: 1,
        json: unknownValue,
        upper: unknownValue,
      });
      assert.deepEqual(two, { zone: unknownValue, known: 1 });
      assert.deepEqual(each, { zone: unknownValue });
      assert.deepEqual(sub, { zone: unknownValue, all: unknownValue });
    });

    it("goes on with an unknown answer as an output", async () => {
      const { one } = await inputs(`
        const answer = zonesOutput();
        new Thing("one", { zone: answer.names[0], applied: answer.apply((a: any) => a.names[0] + "x") });`);
      assert.deepEqual(one, { zone: unknownValue, applied: unknownValue });
    });

    it("gets the answers that are known", async () => {
      const { one } = await inputs(
        `new Thing("one", { given: (await pulumi.runtime.invoke("test:index:get", { a: 1 })).args.a });`,
      );
      assert.deepEqual(one, { given: 1 });
    });

    it("exports what is unknown as such", async () => {
      const { result } = await run(
        `const { names } = await zones(); return { first: names[0], names, known: 1 };`,
      );
      assert.equal(
        JSON.stringify(result?.outputs),
        JSON.stringify({
          first: { __pulumiUnknown: true },
          known: 1,
          names: { __pulumiUnknown: true },
        }),
      );
    });

    it("is warned of components whose children are made elsewhere, and does not know their outputs", async () => {
      const { result, diagnostics } = await run(
        `const net = new Remote("net"); new Thing("one", { net: net.vpcId });`,
      );
      assert.deepEqual(
        diagnostics.map(({ severity, message, urn }) => [severity, message, urn]),
        [
          [
            "warning",
            "awsx:ec2:Vpc is a component of a provider plugin, which cannot run here: its children are not checked",
            "urn:pulumi:dev::source::awsx:ec2:Vpc::net",
          ],
        ],
      );
      assert.deepEqual(result?.resources.at(-1)?.inputs, { net: unknownValue });
      const net = result.resources.find(({ name }) => name === "net");
      assert.deepEqual([net?.inputs, net?.outputs?.vpcId], [{ tags: { a: "b" } }, unknownValue]);
    });

    it("runs no hook that is not for previews", async () => {
      const { one } = await inputs(`
        const hook = new pulumi.ResourceHook("told", () => { throw new Error("run"); });
        const onError = new pulumi.ErrorHook("again", () => true);
        new Thing("one", { size: 1 }, { hooks: { beforeCreate: [hook], onError: [onError] } });`);
      assert.deepEqual(one, { size: 1 });
    });

    it("does not know what a resource that exists elsewhere has", async () => {
      const { one } = await inputs(
        `const found = new Thing("found", {}, { id: "some" }); new Thing("one", { arn: found.arn, of: found.id });`,
      );
      assert.deepEqual(one, { arn: unknownValue, of: "some" });
    });
  });
}

describe("A program that is judged as if it were deployed", function () {
  this.timeout(60_000);

  it("has recorded what the local cloud lacks, with a warning, and what depends on it", async () => {
    const { result, diagnostics } = await runSource(
      {
        "index.ts": `${program}
          const exotic = new Thing("exotic", { exotic: true });
          new Thing("plain", {}); new Thing("dependent", { of: exotic.arn.apply((arn) => arn.split(":")[1]) });`,
      },
      { judgeOnly: true, provider: new PoorProvider() },
    );
    assert.deepEqual(
      diagnostics.map(({ severity, message, urn }) => [severity, message, urn]),
      [
        [
          "warning",
          "recorded, not emulated: exotic: the local cloud does not emulate exotic",
          "urn:pulumi:dev::source::test:index/thing:Thing::exotic",
        ],
      ],
    );
    const ids = result?.resources.slice(1).map(({ name, id }) => [name, id]);
    assert.deepEqual(ids?.sort(), [
      ["dependent", undefined],
      ["exotic", undefined],
      ["plain", "id-plain"],
    ]);
  });
});

describe("A program that is to be created", function () {
  this.timeout(60_000);

  const refused: [what: string, source: string, message: RegExp][] = [
    ["a property", 'new Thing("exotic", { exotic: true });', /does not emulate exotic/],
    [
      "a function",
      "module.exports = zones();",
      /getZones returned an error: .* does not emulate this function/,
    ],
    [
      "a component of a plugin",
      'new Remote("net");',
      /awsx:ec2:Vpc is a component of a provider plugin, which the local engine cannot run; npm run policy judges/,
    ],
  ];
  for (const [what, source, message] of refused) {
    it(`is refused for ${what} that the local cloud lacks`, async () => {
      const { error, messages } = await runSource(javaScript(program + source), {
        provider: new PoorProvider(),
      });
      assert.equal(error?.name, "RunFailed");
      assert.match(messages.join("\n"), message);
    });
  }
});
