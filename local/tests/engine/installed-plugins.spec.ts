import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { InstalledPlugins } from "../../engine/installed-plugins";

describe("InstalledPlugins", () => {
  let dir: string;
  const { PATH } = process.env;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "plugins-"));
    const packages: Record<string, object> = {
      "@pulumi/random": { name: "@pulumi/random", pulumi: { resource: true } },
      "@pulumi/tool": { name: "@pulumi/tool", pulumi: { resource: false } },
      "@someone/pulumi-shop": {
        name: "@someone/pulumi-shop",
        pulumi: { resource: true, name: "shop" },
      },
      plain: { name: "plain" },
    };
    for (const [name, manifest] of Object.entries(packages)) {
      await mkdir(join(dir, "node_modules", name), { recursive: true });
      await writeFile(join(dir, "node_modules", name, "package.json"), JSON.stringify(manifest));
    }
    await mkdir(join(dir, "program"));
    await mkdir(join(dir, "bin"));
    await writeFile(join(dir, "bin", "pulumi-resource-onpath"), "");
    process.env.PATH = [join(dir, "bin"), PATH].join(delimiter);
  });

  after(async () => {
    process.env.PATH = PATH;
    await rm(dir, { recursive: true });
  });

  const cases: [pkg: string, expected: boolean][] = [
    ["random", true],
    ["shop", true],
    ["onpath", true],
    ["pulumi", true],
    ["pulumi-nodejs", true],
    ["tool", false],
    ["plain", false],
    ["own", true],
    ["nope", false],
  ];
  for (const [pkg, expected] of cases) {
    it(`${expected ? "finds" : "misses"} that of ${pkg}`, () => {
      assert.equal(new InstalledPlugins(join(dir, "program"), ["own"]).has(pkg), expected);
    });
  }
});
