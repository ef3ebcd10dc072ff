import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadProject } from "../../engine/project";
import type { Project } from "../../engine/project";
import { temporaryProject } from "./temporary-project";

async function load(pulumiYaml: string): Promise<Project> {
  const { dir, remove } = await temporaryProject({ "Pulumi.yaml": pulumiYaml, "app.ts": "" });
  try {
    await mkdir(join(dir, "src"));
    await writeFile(join(dir, "src", "index.ts"), "");
    return await loadProject(dir);
  } finally {
    await remove();
  }
}

describe("loadProject", () => {
  it("leaves the entry point to package.json unless 'main' names one", async () => {
    const { name, dir, programDir, entryPoint } = await load("name: demo\nruntime: nodejs\n");
    assert.equal(name, "demo");
    assert.equal(programDir, dir);
    assert.equal(entryPoint, ".");
  });

  it("runs in the folder of 'main'", async () => {
    const file = await load("name: demo\nruntime: nodejs\nmain: app.ts\n");
    assert.deepEqual([file.programDir, file.entryPoint], [file.dir, "app.ts"]);
    const folder = await load("name: demo\nruntime: nodejs\nmain: src\n");
    assert.deepEqual([folder.programDir, folder.entryPoint], [join(folder.dir, "src"), "."]);
  });

  it("finds the stacks' files in the folder that is given for them", async () => {
    for (const key of ["stackConfigDir", "config"]) {
      const { dir, stackDir } = await load(`name: demo\nruntime: nodejs\n${key}: src\n`);
      assert.equal(stackDir, join(dir, "src"));
    }
    const { dir, stackDir } = await load("name: demo\nruntime: nodejs\n");
    assert.equal(stackDir, dir);
  });

  it("reads the options of the runtime", async () => {
    const { typescript, tsconfig, nodeArgs } = await load(
      "name: demo\nruntime: { name: nodejs, options: { typescript: false, tsconfig: a.json, " +
        "nodeargs: --no-deprecation  --title='a b' } }\n",
    );
    assert.equal(typescript, false);
    assert.equal(tsconfig, "a.json");
    assert.deepEqual(nodeArgs, ["--no-deprecation", "--title=a b"]);
  });

  it("knows the plugins that the project brings along", async () => {
    const { plugins } = await load(
      "name: demo\nruntime: nodejs\nplugins: { providers: [{ name: shop, path: ./bin }] }\n",
    );
    assert.deepEqual(plugins, ["shop"]);
    assert.deepEqual((await load("name: demo\nruntime: nodejs\n")).plugins, []);
  });

  it("refuses a folder without a project", async () => {
    await assert.rejects(loadProject(join(__dirname, "fixtures")), /Pulumi\.yaml cannot be read/);
  });

  const refused: [yaml: string, message: RegExp][] = [
    ["runtime: nodejs", /missing a non-empty string 'name'/],
    ["name: demo\nruntime: python", /only the runtime 'nodejs'/],
    ["name: demo\nruntime: nodejs\nmain: ../elsewhere", /'main' could not be read/],
    ["name: demo\nruntime: nodejs\nmain: missing.ts", /'main' could not be read/],
    ["name: [", /^Pulumi\.yaml: /],
    ["name: demo\nruntime: nodejs\nconfig: { a: { default: 1, value: 2 } }", /both a 'default'/],
    ["name: demo\nruntime: nodejs\nconfig: { a: { type: array } }", /via the 'items' attribute/],
    [
      "name: demo\nruntime: nodejs\nconfig: { a: { type: integer, default: x } }",
      /default value specified for configuration key 'a' is not of the expected type 'integer'/,
    ],
    [
      "name: demo\nruntime: nodejs\nconfig: { a: { type: number } }",
      /'number' is no type of the config 'a'; the types are string, integer, boolean, array, object/,
    ],
    [
      "name: demo\nruntime: nodejs\nconfig: { a: { type: string, defualt: x } }",
      /the config of 'a' has no attribute 'defualt'; its attributes are type, items,/,
    ],
    ["name: demo\nruntime: nodejs\nconfig: { a: 1.5 }", /'a' is 1\.5; .*Quote it: "1\.5"/],
    ["name: demo\nruntime: nodejs\nconfig: { a: 1e3 }", /'a' is 1000; .*Quote it/],
    ["name: demo\nruntime: nodejs\nconfig: { a: 012345678901 }", /'a' is 12345678901; .*Quote/],
    ["name: demo\nruntime: nodejs\nconfig: { a: 2026-01-01 }", /'a' is 2026-01-01T00:00:00Z; /],
    ["name: demo\nruntime: nodejs\nconfig: { a: 9223372036854775808 }", /a whole number of 64 bit/],
    ["name: demo\nruntime: nodejs\nconfig: { a: ~ }", /'a' is null; .*Quote it: ""/],
    [
      "name: demo\nruntime: nodejs\nconfig: { a: { type: string, default: 5 } }",
      /default value specified for configuration key 'a' is not of the expected type 'string'/,
    ],
    [
      "name: demo\nruntime: nodejs\nconfig: { a: { type: string, default: 2026-01-01 } }",
      /default value specified for configuration key 'a' is not of the expected type 'string'/,
    ],
    [
      "name: demo\nruntime: nodejs\nconfig: { a: { type: boolean, default: yes } }",
      /default value specified for configuration key 'a' is not of the expected type 'boolean'/,
    ],
    ["name: demo\nruntime: nodejs\nconfig: { a:b:c: x }", /could not parse a:b:c as a config/],
    ["name: demo\nruntime: nodejs\nstackConfigDir: nowhere", /'stackConfigDir' could not be read/],
    [
      "name: demo\nruntime: nodejs\nconfig: { aws:region: { type: string } }",
      /'aws:region' is not namespaced by the project and should not define a type/,
    ],
    [
      "name: demo\nruntime: nodejs\nconfig: { aws:region: { default: x } }",
      /Did you mean to use the 'value' attribute/,
    ],
    [
      "name: demo\nruntime: nodejs\nconfig: { aws:region: { description: x } }",
      /must provide an attribute 'value'/,
    ],
  ];
  for (const [yaml, message] of refused) {
    it(`refuses ${JSON.stringify(yaml)}`, async () => {
      await assert.rejects(load(yaml), { name: "ConfigurationError", message });
    });
  }
});
