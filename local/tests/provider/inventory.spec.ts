import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inventory } from "../../provider/inventory";

describe("The inventory", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "inventory-"));
  });

  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  const item = (id: string, urn = `urn:${id}`, generation = 1) => ({
    type: "aws:s3/bucket:Bucket",
    id,
    urn,
    generation,
    inputs: { bucket: id },
    outputs: { arn: `arn:${id}` },
  });

  it("is there again in the order of creation, whatever was changed in between", () => {
    const folder = join(dir, "resources");
    const inventory = new Inventory(folder);
    for (const id of ["b", "a", "c"]) {
      inventory.put(item(id));
    }
    inventory.put({ ...item("b"), outputs: { arn: "changed" } });
    inventory.remove(item("a"));
    const [first, second, ...others] = new Inventory(folder).all();
    assert.deepEqual([first?.id, second?.id, others], ["b", "c", []]);
    assert.deepEqual(first?.outputs, { arn: "changed" });
  });

  it("says which record is damaged", async () => {
    const folder = join(dir, "resources");
    new Inventory(folder).put(item("a"));
    const [file = ""] = await readdir(folder);
    await truncate(join(folder, file), 20);
    assert.throws(() => new Inventory(folder), {
      name: "DamagedFileError",
      message: new RegExp(`: ${join(folder, file)} is damaged, it is no JSON`),
    });
  });

  it("tells resources of one id apart by their type", () => {
    const inventory = new Inventory(join(dir, "resources"));
    inventory.put(item("a"));
    assert.equal(inventory.find("aws:s3/bucketPolicy:BucketPolicy", "a"), undefined);
  });

  it("knows both resources of a URN while one takes the other's place", () => {
    const inventory = new Inventory(join(dir, "resources"));
    inventory.put(item("a", "urn:x", 1));
    inventory.put(item("b", "urn:x", 2));
    assert.deepEqual(
      inventory.withUrn("urn:x").map(({ generation }) => generation),
      [1, 2],
    );
  });

  it("keeps what was left over restarts, and finds what is managed before it", () => {
    const folder = join(dir, "resources");
    const inventory = new Inventory(folder);
    inventory.put({ ...item("a"), adoptable: true });
    inventory.leave({ ...item("a"), adoptable: true });
    const [left] = new Inventory(folder).all();
    assert.deepEqual([left?.isLeft, left?.adoptable], [true, undefined]);
    assert.equal(inventory.find(item("a").type, "a")?.isLeft, true);
    inventory.put(item("a", "urn:a", 2));
    assert.equal(inventory.find(item("a").type, "a")?.generation, 2);
    assert.equal(inventory.generationOf("urn:a"), 2);
  });

  it("can be read by its owner alone, as it has secrets in clear", async () => {
    const folder = join(dir, "resources");
    new Inventory(folder).put(item("a"));
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });
});
