import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { documentComponents } from "../../scripts/document-components";
import { packageSchema } from "../../scripts/package-schema";

const file = "docs/components.md";

/** Of Pulumi.yaml. */
interface Declaration {
  type?: string;
  default?: unknown;
}

describe(file, () => {
  it("has inputs and outputs as the package's schema has them", async () => {
    assert.equal(readFileSync(file, "utf8"), await documentComponents());
  });

  it("explains each of them", async () => {
    const { resources, types } = await packageSchema();
    const all = [
      ...Object.entries(resources).flatMap(([token, { inputProperties, properties }]) => [
        [token, inputProperties] as const,
        [token, properties] as const,
      ]),
      ...Object.entries(types).map(([token, { properties }]) => [token, properties] as const),
    ];
    const silent = all.flatMap(([token, properties]) =>
      Object.entries(properties)
        .filter(([, { description = "" }]) => description === "")
        .map(([name]) => `${token} ${name}`),
    );
    assert.deepEqual(silent, []);
  });

  it("names the defaults of numbers and flags as the stack's config has them", async () => {
    const { resources } = await packageSchema();
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, Declaration>;
    };
    const told = Object.values(resources).flatMap(({ inputProperties }) =>
      Object.entries(inputProperties)
        .filter(([name, { type }]) => type !== "string" && config[name]?.type !== undefined)
        .flatMap(([name, { type, description = "" }]) =>
          type === "number" || type === "boolean" ? [{ name, description }] : [],
        ),
    );
    assert.ok(told.length > 20, String(told.length));
    for (const { name, description } of told) {
      const text = `Default ${String(config[name]?.default)}.`;
      if (!description.startsWith("As ImageEdge")) {
        assert.ok(description.endsWith(text), `${name}: ${description} ${text}`);
      }
    }
  });
});
