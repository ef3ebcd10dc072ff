import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamicInventory } from "../../provider/dynamic-inventory";
import { Inventory } from "../../provider/inventory";

const type = "pulumi-nodejs:dynamic:Resource";

function record(id: string, project = "demo") {
  const urn = `urn:pulumi:local::${project}::${type}::one`;
  return { type, id, urn, inputs: { size: 1 }, outputs: { made: id } };
}

describe("The inventory of dynamic resources", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "dynamic-inventory-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** As a new process finds it. */
  function open(): DynamicInventory {
    return new DynamicInventory(new Inventory(folder), { project: "demo", stack: "local" });
  }

  function ids(): (string | number)[][] {
    return open()
      .all()
      .map(({ id, generation }) => [id, generation]);
  }

  it("keeps what exists over restarts, and two of a URN while one takes the other's place", () => {
    open().put(record("a"));
    assert.deepEqual(ids(), [["a", 1]]);
    open().put(record("b"));
    assert.deepEqual(ids(), [
      ["a", 1],
      ["b", 2],
    ]);
    open().remove(record("a"));
    assert.deepEqual(ids(), [["b", 2]]);
  });

  it("keeps a changed resource in the place of what it was", () => {
    open().put(record("a"));
    open().put({ ...record("a"), outputs: { made: "new" } }, record("a"));
    assert.deepEqual(
      open()
        .all()
        .map(({ outputs, generation }) => [outputs, generation]),
      [[{ made: "new" }, 1]],
    );
  });

  it("has neither other types nor other stacks", () => {
    const inventory = new Inventory(folder);
    inventory.put({ ...record("a", "other"), generation: 1 });
    inventory.put({ ...record("b"), type: "aws:s3/bucket:Bucket", generation: 1 });
    assert.deepEqual(open().all(), []);
  });
});
