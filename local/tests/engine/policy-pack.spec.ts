import assert from "node:assert/strict";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPolicyPack } from "../../engine/policy-pack";
import { temporaryProject } from "./temporary-project";

const manifest = {
  main: "dist/index.js",
  scripts: { build: "echo built >> log && mkdir -p dist && echo > dist/index.js" },
};

describe("loadPolicyPack", () => {
  let dir: string;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    ({ dir, remove } = await temporaryProject({
      "PulumiPolicy.yaml": "runtime: nodejs\nversion: 2.0.0\n",
      "package.json": JSON.stringify(manifest),
      "index.ts": "",
    }));
  });

  afterEach(() => remove());

  /** How often the pack was built. */
  async function builds(): Promise<number> {
    return (await readFile(join(dir, "log"), "utf8")).trim().split("\n").length;
  }

  it("takes the version from PulumiPolicy.yaml", async () => {
    assert.deepEqual(await loadPolicyPack(dir), { dir, version: "2.0.0", isCompiled: false });
  });

  it("takes a pack for compiled that says that it is no TypeScript", async () => {
    for (const [typescript, isCompiled] of [
      [false, true],
      [true, false],
      [undefined, false],
    ]) {
      const runtime = { name: "nodejs", options: { typescript } };
      await writeFile(join(dir, "PulumiPolicy.yaml"), JSON.stringify({ runtime }));
      assert.deepEqual(await loadPolicyPack(dir), { dir, version: undefined, isCompiled });
    }
  });

  it("builds a pack that has not been built", async () => {
    await loadPolicyPack(dir);
    assert.equal(await builds(), 1);
  });

  it("builds a pack again when a source was changed since, and only then", async () => {
    await mkdir(join(dir, "policies"));
    const source = join(dir, "policies/rule.ts");
    await writeFile(source, "");
    await loadPolicyPack(dir);
    await loadPolicyPack(dir);
    assert.equal(await builds(), 1);
    const later = new Date(Date.now() + 60_000);
    await utimes(source, later, later);
    await loadPolicyPack(dir);
    assert.equal(await builds(), 2);
  });

  it("takes a pack without a build script as it is", async () => {
    await writeFile(join(dir, "package.json"), '{ "main": "index.js" }');
    assert.equal((await loadPolicyPack(dir)).dir, dir);
  });

  it("says why a pack cannot be built", async () => {
    const failing = { ...manifest, scripts: { build: "echo no compiler >&2; exit 1" } };
    await writeFile(join(dir, "package.json"), JSON.stringify(failing));
    await assert.rejects(loadPolicyPack(dir), {
      name: "ConfigurationError",
      message: `The policy pack ${dir} cannot be built:\nno compiler`,
    });
  });

  it("refuses a folder that holds no pack", async () => {
    await assert.rejects(loadPolicyPack(join(dir, "nothing")), {
      name: "ConfigurationError",
      message: /nothing is no policy pack: it has no PulumiPolicy\.yaml$/,
    });
  });

  it("refuses a pack of another runtime", async () => {
    await writeFile(join(dir, "PulumiPolicy.yaml"), "runtime: python\n");
    await assert.rejects(loadPolicyPack(dir), /only policy packs for the runtime 'nodejs'/);
  });
});
