import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import {
  type PackageSchema,
  packageSchema,
  type SchemaProperty,
} from "../../scripts/package-schema";
import { outputValue, runMocked } from "../support/pulumi";

const examples = path.join(__dirname, "../../examples");

/** A program in YAML, as far as it is checked here. */
interface YamlProgram {
  packages: Record<string, string>;
  resources: Record<string, { type: string; properties: Record<string, unknown> }>;
  outputs: Record<string, string>;
}

describe("examples/results", () => {
  it("serves locked results, of two components", async () => {
    const { run, result } = await runMocked(() => import("../../examples/results/index.js"));
    assert.equal(await outputValue(result.url), "https://reports-results.cloudfront.net");
    assert.equal(await outputValue(result.bucket), "reports-results-bucket");
    const components = run.resources.filter(({ type }) => type.startsWith("darkroom:index:"));
    assert.deepEqual(components.map(({ type }) => type).sort(), [
      "darkroom:index:Edge",
      "darkroom:index:Storage",
    ]);
    const lock = run.inputs(
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      "reports-results-lock",
    );
    assert.deepEqual(lock.rule, { defaultRetention: { mode: "GOVERNANCE", days: 7 } });
  });

  it("asks for the package and the SDK that this repository has", () => {
    const { packages } = programOf("results");
    assert.deepEqual(packages, { darkroom: "../.." });
    const versions = (file: string) =>
      (JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> })
        .dependencies;
    const own = versions(path.join(examples, "../package.json"));
    for (const [name, version] of Object.entries(
      versions(path.join(examples, "results/package.json")),
    )) {
      assert.equal(version, own[name], name);
    }
  });
});

describe("examples/inbox", () => {
  it("says what the package's schema knows, and refers to outputs that there are", async () => {
    const program = programOf("inbox");
    const schema = await packageSchema();
    const resources = Object.entries(program.resources);
    assert.equal(resources.length, 2);
    for (const [name, { type, properties }] of resources) {
      const component = schema.resources[type.replace(":", ":index:")];
      assert.ok(component, type);
      assertFits(schema, component.inputProperties, component.requiredInputs, properties, name);
    }
    const references = JSON.stringify(program).matchAll(/\$\{(\w+)\.(\w+)\}/g);
    for (const [text, resource = "", output = ""] of references) {
      const type = program.resources[resource]?.type.replace(":", ":index:") ?? "";
      assert.ok(schema.resources[type]?.properties[output], text);
    }
  });

  it("has the file that the function is made of", () => {
    const { entry } = programOf("inbox").resources.takeNote?.properties ?? {};
    assert.ok(existsSync(path.join(examples, "inbox", String(entry))));
  });
});

function programOf(name: string): YamlProgram {
  return parse(readFileSync(path.join(examples, name, "Pulumi.yaml"), "utf8")) as YamlProgram;
}

function assertFits(
  schema: PackageSchema,
  properties: Record<string, SchemaProperty>,
  required: readonly string[],
  given: Record<string, unknown>,
  where: string,
): void {
  assert.deepEqual(
    required.filter((name) => !(name in given)),
    [],
    where,
  );
  for (const [name, value] of Object.entries(given)) {
    const property = properties[name];
    assert.ok(property, `${where}.${name}`);
    assertValue(schema, property, value, `${where}.${name}`);
  }
}

function assertValue(
  schema: PackageSchema,
  { type, $ref, items, additionalProperties }: SchemaProperty,
  value: unknown,
  where: string,
): void {
  const inner = $ref === undefined ? undefined : schema.types[$ref.replace("#/types/", "")];
  if (inner) {
    const object = value as Record<string, unknown>;
    assertFits(schema, inner.properties, inner.required, object, where);
  } else if (items) {
    assert.ok(Array.isArray(value), where);
    for (const item of value as unknown[]) {
      assertValue(schema, items, item, where);
    }
  } else if (additionalProperties) {
    for (const item of Object.values(value as object)) {
      assertValue(schema, additionalProperties, item, where);
    }
  } else {
    assert.equal(typeof value, type, where);
  }
}
