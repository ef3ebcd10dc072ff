import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { StackRecords } from "../../cli/stack-records";

const dev = { project: "network", stack: "dev" };

describe("Records of stacks", () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "stacks-"));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true });
  });

  it("tell a later process the outputs as they were, secrets and odd numbers among them", async () => {
    const outputs = {
      password: { [specialSigKey]: specialSecretSig, value: "hush" },
      numbers: [NaN, Infinity, -Infinity, 1.5],
      none: null,
    };
    await new StackRecords(dataDir).record(dev, outputs);
    assert.deepEqual(new StackRecords(dataDir).outputsOf(dev), outputs);
  });

  it("keep one stack apart from another, and of each the last outputs", async () => {
    const records = new StackRecords(dataDir);
    const production = { ...dev, stack: "production" };
    await records.record(dev, { a: 1 });
    await records.record(production, { a: 2 });
    await records.record(dev, { b: 3 });
    assert.deepEqual(records.outputsOf(dev), { b: 3 });
    assert.deepEqual(records.outputsOf(production), { a: 2 });
    assert.equal(records.outputsOf({ ...dev, project: "other" }), undefined);
  });

  it("are nothing in a folder that is not there", () => {
    assert.equal(new StackRecords(join(dataDir, "none")).outputsOf(dev), undefined);
  });

  it("say which file is damaged", async () => {
    const file = join(dataDir, "stacks.json");
    await writeFile(file, "{");
    assert.throws(() => new StackRecords(dataDir).outputsOf(dev), {
      name: "DamagedFileError",
      message: new RegExp(`: ${file} is damaged, it is no JSON`),
    });
    await assert.rejects(new StackRecords(dataDir).record(dev, {}), { name: "DamagedFileError" });
  });

  it("are for the folder's owner only, as they hold secrets in clear", async () => {
    await new StackRecords(dataDir).record(dev, {});
    assert.equal((await stat(join(dataDir, "stacks.json"))).mode & 0o777, 0o600);
  });
});
