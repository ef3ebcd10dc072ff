import assert from "node:assert/strict";
import { loadProject } from "../../engine/project";
import { loadStackConfig } from "../../engine/stack-config";
import { temporaryProject } from "./temporary-project";
import { yamlForms } from "./yaml-forms";

/** What Pulumi refuses, whatever the project declares. */
const refused: readonly [form: string, message: RegExp][] = [
  [".inf", /'demo:k' cannot be used: Infinity has no place in JSON/],
  ["-.inf", /'demo:k' cannot be used: -Infinity has no place in JSON/],
  ["+.INF", /'demo:k' cannot be used: Infinity has no place in JSON/],
  [".nan", /'demo:k' cannot be used: NaN has no place in JSON/],
  ["[1, .NaN]", /'demo:k' cannot be used: NaN has no place in JSON/],
  ["!!int five", /^Pulumi\.dev\.yaml: cannot decode `five` as a !!int$/],
  ["!!bool 1", /^Pulumi\.dev\.yaml: cannot decode `1` as a !!bool$/],
  ["!!timestamp 2026-02-30", /cannot decode `2026-02-30` as a !!timestamp$/],
];

async function textOf(stack: string): Promise<string | undefined> {
  const { dir, remove } = await temporaryProject({
    "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
    "Pulumi.dev.yaml": stack,
  });
  try {
    return (await loadStackConfig(await loadProject(dir), "dev")).values["demo:k"];
  } finally {
    await remove();
  }
}

describe("a value of a stack's file", () => {
  for (const [form, text] of yamlForms) {
    it(`that is written ${JSON.stringify(form)} is ${JSON.stringify(text)} to the program`, async () => {
      assert.equal(await textOf(`config:\n  k: ${form}\n`), text);
    });
  }

  for (const [form, message] of refused) {
    it(`cannot be ${form}`, async () => {
      const loaded = textOf(`config:\n  k: ${form}\n`);
      await assert.rejects(loaded, { name: "ConfigurationError", message });
    });
  }

  it("may be an anchor's, wherever the anchor is", async () => {
    const anchored = "shared: &id 0o17\nconfig:\n  k: [*id, *id]\n";
    assert.equal(await textOf(anchored), "[15,15]");
  });

  it("may take entries of other objects, the first of which and its own go first", async () => {
    const one = "one: &one { a: 1, b: 1, c: 1 }\n";
    const two = "two: &two { a: 2, b: 2, d: 2 }\n";
    const merged = `${one}${two}config:\n  k:\n    <<: [*one, *two]\n    a: 3\n`;
    assert.equal(await textOf(merged), '{"a":3,"b":1,"c":1,"d":2}');
  });
});
