import assert from "node:assert/strict";
import { specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { formatOutputs } from "../../cli/format-outputs";
import { toJsonForm } from "../../engine/json-form";
import { withoutSecrets } from "../../engine/properties";
import type { Properties } from "../../provider/resource";
import { runSource } from "../engine/run-source";

/** The source of an output, its value in `outputs.json`, and how it is printed; absent if it is not. */
interface Case {
  source: string;
  json: unknown;
  printed?: string;
}

const float = (value: string) => ({
  [specialSigKey]: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
  value,
});
const thing = { urn: "urn:pulumi:dev::source::a:b:Thing::thing", x: "y" };
const hiHash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

/** What `pulumi up` and `pulumi stack output --json --show-secrets` of version 3.276.0 show. */
const cases: Record<string, Case> = {
  nul: { source: "null", json: null },
  outNull: { source: "pulumi.output(null)", json: null },
  emptyText: { source: '""', json: "" },
  emptyObject: { source: "{}", json: {} },
  emptyArray: { source: "[]", json: [] },
  date: { source: "new Date(0)", json: {} },
  map: { source: 'new Map([["a", 1]])', json: {} },
  set: { source: "new Set([1])", json: {} },
  pattern: { source: "/a/g", json: {} },
  error: { source: 'new Error("boom")', json: {} },
  nan: { source: "NaN", json: float("7fffffffffffffff"), printed: "NaN" },
  inf: { source: "Infinity", json: float("7ff0000000000000"), printed: "+Inf" },
  big: { source: "1e21", json: 1e21, printed: "1000000000000000000000" },
  jsonText: { source: `'{"a":1}'`, json: '{"a":1}', printed: "(json) { a: 1 }" },
  jsonNull: { source: '"null"', json: "null", printed: '"null"' },
  circular: {
    source: "(() => { const c: Record<string, unknown> = { a: 1 }; c.self = c; return c; })()",
    json: { a: 1 },
    printed: "{ a: 1 }",
  },
  buffer: { source: 'Buffer.from("ab")', json: { 0: 97, 1: 98 }, printed: "{ 0: 97 1: 98 }" },
  promise: { source: "Promise.resolve(5)", json: 5, printed: "5" },
  secret: { source: 'pulumi.secret("s")', json: "s", printed: "[secret]" },
  secretNull: { source: "pulumi.secret(null)", json: null, printed: "[secret]" },
  secretUndefined: { source: "pulumi.secret(undefined)", json: null, printed: "[secret]" },
  secretEmpty: { source: 'pulumi.secret("")', json: "", printed: "[secret]" },
  secretInside: {
    source: '{ a: pulumi.secret("s"), b: 1 }',
    json: { a: "s", b: 1 },
    printed: "{ a: [secret] b: 1 }",
  },
  secretItem: {
    source: "[pulumi.secret(1), 2]",
    json: [1, 2],
    printed: "[ [0]: [secret] [1]: 2 ]",
  },
  undefinedItem: {
    source: "[null, undefined, 1]",
    json: [null, null, 1],
    printed: "[ [0]: <null> [1]: <null> [2]: 1 ]",
  },
  undefinedInside: {
    source: "{ a: undefined, b: null, c: 1 }",
    json: { b: null, c: 1 },
    printed: "{ b: <null> c: 1 }",
  },
  resource: { source: "thing", json: thing, printed: `{ urn: "${thing.urn}" x : "y" }` },
  asset: {
    source: 'new pulumi.asset.StringAsset("hi")',
    json: { [specialSigKey]: specialAssetSig, hash: hiHash, text: "hi" },
    printed: "asset(text:8f43434) { <contents elided> }",
  },
};
const undefineds = { none: "undefined", outNone: "pulumi.output(undefined)" };

const program = `
  import * as pulumi from "@pulumi/pulumi";
  class Thing extends pulumi.ComponentResource {
    readonly x = pulumi.output("y");
    constructor() {
      super("a:b:Thing", "thing");
      this.registerOutputs({ x: this.x });
    }
  }
  const thing = new Thing();
  ${Object.entries(cases)
    .map(([name, { source }]) => `export const ${name} = ${source};`)
    .join("\n")}
  ${Object.entries(undefineds)
    .map(([name, source]) => `export const ${name} = ${source};`)
    .join("\n")}
`;

describe("Odd outputs of a program", function () {
  this.timeout(60_000);

  let outputs: Properties;
  let messages: string[];

  before(async () => {
    const run = await runSource({ "index.ts": program });
    assert.ok(run.result, run.messages.join("\n"));
    outputs = run.result.stackOutputs;
    messages = run.messages;
  });

  for (const [name, { source, json, printed }] of Object.entries(cases)) {
    it(`are as with Pulumi: ${source}`, () => {
      assert.deepEqual(toJsonForm(withoutSecrets(outputs[name])), json);
      const [line] = formatOutputs({ [name]: outputs[name] });
      assert.equal(
        line?.replace(/\s+/g, " ").trim(),
        printed === undefined ? undefined : `${name}: ${printed}`,
      );
    });
  }

  it("are left out where they are undefined and not secret, which a warning says", () => {
    assert.deepEqual(Object.keys(outputs).sort(), Object.keys(cases).sort());
    assert.deepEqual(
      messages,
      ["secretUndefined", ...Object.keys(undefineds)].map(
        (name) => `warning: Undefined value (${name}) will not show as a stack output.`,
      ),
    );
  });
});
