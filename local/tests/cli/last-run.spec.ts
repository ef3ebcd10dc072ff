import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialAssetSig, specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { LastRun } from "../../cli/last-run";
import { noOptions } from "../../engine/registered-resource";
import type { RegisteredResource } from "../../engine/registered-resource";
import { makeUrn } from "../../engine/urn";
import { Inventory } from "../../provider/inventory";

const stack = { project: "demo", stack: "local" };

function registered(
  type: string,
  name: string,
  change: Partial<RegisteredResource> = {},
): RegisteredResource {
  return {
    urn: makeUrn(stack, type, name, undefined),
    type,
    name,
    custom: true,
    id: name,
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    options: noOptions(),
    ...change,
  };
}

describe("The last run", () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "last-run-"));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true });
  });

  /** As a new process finds it. */
  function open(identity = stack) {
    const inventory = new Inventory(join(dataDir, "resources"));
    return {
      inventory,
      lastRun: new LastRun({ dataDir, inventory, projectDir: dataDir, stack: identity }),
    };
  }

  /** As a run does that makes these resources. */
  async function record(lastRun: LastRun, ...resources: RegisteredResource[]): Promise<void> {
    for (const resource of resources) {
      await lastRun.stepTo(resource);
      await lastRun.made(resource);
    }
    await lastRun.save();
  }

  const kinds = async (...resources: RegisteredResource[]) =>
    (await open().lastRun.stepsTo(resources)).map(({ kind }) => kind);

  it("is none at first, when everything is created", async () => {
    assert.deepEqual(await kinds(registered("aws:s3/bucket:Bucket", "b")), ["create"]);
  });

  it("is compared with the next, components included", async () => {
    const component = registered("demo:index:Site", "site", { custom: false, inputs: { a: 1 } });
    const bucket = registered("aws:s3/bucket:Bucket", "b", { inputs: { bucket: "b-1234567" } });
    await record(open().lastRun, component, bucket);
    assert.deepEqual(await kinds(component, bucket), ["same", "same"]);
    const changed = { ...component, inputs: { a: 2 } };
    const renamed = { ...bucket, inputs: { bucket: "mine" } };
    assert.deepEqual(await kinds(changed, renamed), ["update", "replace"]);
    assert.deepEqual(await kinds(), ["delete", "delete"]);
  });

  it("writes nothing anew that is as it was", async () => {
    const secret = { [specialSigKey]: specialSecretSig, value: "hidden" };
    const queue = registered("aws:sqs/queue:Queue", "q", {
      inputs: { name: "q" },
      outputs: { name: "q", url: secret },
      dependencies: [makeUrn(stack, "aws:kms/key:Key", "k", undefined)],
    });
    const folder = join(dataDir, "resources");
    const written = async () =>
      Promise.all(
        (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).ino),
      );
    await record(open().lastRun, queue);
    const before = await written();
    assert.equal(before.length, 1);
    await record(open().lastRun, queue);
    assert.deepEqual(await written(), before);
    await record(open().lastRun, { ...queue, options: { ...noOptions(), protect: true } });
    assert.notDeepEqual(await written(), before);
    assert.equal(open().inventory.all()[0]?.traits?.options.protect, true);
  });

  it("knows files by their content", async () => {
    const object = registered("aws:s3/bucketObject:BucketObject", "o", {
      inputs: { source: { [specialSigKey]: specialAssetSig, path: "page.html" } },
    });
    await writeFile(join(dataDir, "page.html"), "one");
    await record(open().lastRun, object);
    assert.deepEqual(await kinds(object), ["same"]);
    await writeFile(join(dataDir, "page.html"), "two");
    assert.deepEqual(await kinds(object), ["update"]);
  });

  it("is kept for each stack by itself", async () => {
    const bucket = registered("aws:s3/bucket:Bucket", "b");
    await record(open().lastRun, bucket);
    const other = open({ ...stack, stack: "other" });
    await record(other.lastRun);
    assert.deepEqual(await kinds(bucket), ["same"]);
  });

  it("keeps of a run that ends early what it has made, and what it has not come to", async () => {
    const component = registered("demo:index:Site", "site", { custom: false });
    const buckets = ["a", "b", "c"].map((name) =>
      registered("aws:s3/bucket:Bucket", name, { inputs: { tags: {} } }),
    );
    await record(open().lastRun, component, ...buckets);
    const [first, second, third] = buckets.map((bucket) => ({
      ...bucket,
      inputs: { tags: { changed: "yes" } },
    }));
    assert.ok(first && second && third);
    const { lastRun } = open();
    await lastRun.stepsTo([first, second]);
    await lastRun.made(first);
    const [gone] = lastRun.gone();
    assert.equal(gone?.urn, third.urn);
    lastRun.deleted(gone);
    await lastRun.save();
    assert.deepEqual(await kinds(first, second, third), ["same", "update", "create", "delete"]);
    assert.deepEqual(
      open()
        .lastRun.gone()
        .map(({ urn }) => urn),
      [second.urn, first.urn, component.urn],
    );
  });

  it("knows after a kill what had been made and deleted by then", async () => {
    const [kept, gone, made] = ["kept", "gone", "made"].map((name) =>
      registered("aws:s3/bucket:Bucket", name),
    );
    assert.ok(kept && gone && made);
    await record(open().lastRun, kept, gone);
    const { lastRun } = open();
    await lastRun.stepsTo([kept, made]);
    await lastRun.made(made);
    const [old] = lastRun.gone();
    assert.ok(old);
    lastRun.deleted(old);
    assert.deepEqual(await kinds(kept), ["same", "delete"]);
    assert.deepEqual(await kinds(kept, gone, made), ["same", "create", "same"]);
  });

  it("leaves to an engine what that has created, and offers it what it has created itself", async () => {
    const bucket = registered("aws:s3/bucket:Bucket", "engine's");
    const { inventory } = open();
    const { type, urn } = bucket;
    inventory.put({ type, id: "engine's", urn, generation: 2, inputs: {}, outputs: {} });
    await record(open().lastRun, bucket, registered("aws:s3/bucket:Bucket", "own"));
    const items = open().inventory.all();
    assert.deepEqual(
      items.map(({ id, generation, adoptable }) => [id, generation, adoptable]),
      [
        ["engine's", 2, undefined],
        ["own", 1, true],
      ],
    );
  });
});
