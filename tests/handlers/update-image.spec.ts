import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { createHandler as createGet } from "../../handlers/get-image";
import { ImageChanges } from "../../handlers/images/image-changes";
import type { ReadyItem } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { TaggedImages } from "../../handlers/images/tagged-images";
import { clearRenditions } from "../../handlers/renditions/clear-renditions";
import { createHandler, updateImage } from "../../handlers/update-image";
import { ingest } from "../../handlers/uploads/ingest";
import { anyone } from "../../handlers/users/caller";
import { makeImage } from "../support/images";
import { type Fate, fated, imageDeps, interleaved, succeeds } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { apiEvent, call, jsonEvent, type RequestParts, settings, useSdkSettings } from "./support";

describe("update-image", function () {
  this.timeout(120_000);
  useSdkSettings();
  const cloud = useImagesCloud();

  const update = (id: string, change: unknown, headers: Record<string, string> = {}) => {
    const type = { "Content-Type": "application/json", ...headers };
    const parts: RequestParts = { method: "PATCH", resource: "/images/{id}", id, headers: type };
    return call(createHandler(settings), jsonEvent(change, parts));
  };

  const get = (id: string) =>
    call(createGet(settings), apiEvent({ method: "GET", resource: "/images/{id}", id }));

  function updateDeps(fate?: Fate) {
    const deps = imageDeps(fate);
    const tables = { images: settings.IMAGES_TABLE, tags: settings.TAGS_TABLE };
    return { ...deps, changes: new ImageChanges(deps.dynamoDb, tables) };
  }

  async function upload(tags: Record<string, string> = { a: "b", c: "d" }) {
    const image = await makeImage("png");
    const upload = { image, contentType: "image/png", userId: "u", imageName: "n", tags };
    return (await ingest(upload, imageDeps(), randomUUID())).metadata;
  }

  function manyTags(prefix: string): Record<string, string> {
    return Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${prefix}${index}`, "v"]));
  }

  /** There is an entry for each tag of the row, and no other. */
  async function assertTagged(imageId: string): Promise<ReadyItem> {
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "ready");
    for (const [key, value] of Object.entries(row.tags).slice(0, 3)) {
      assert.deepEqual(await tagged(`${key}:${value}`), [imageId]);
    }
    assert.equal((await cloud().tagEntries()).length, Object.keys(row.tags).length);
    return row;
  }

  async function tagged(tag: string): Promise<string[]> {
    const { dynamoDb, images } = imageDeps();
    const found = new TaggedImages(dynamoDb, settings.TAGS_TABLE, images);
    const ids: string[] = [];
    for await (const { imageId } of found.list(tag, undefined, undefined, 10)) {
      ids.push(imageId);
    }
    return ids;
  }

  it("changes the name, and nothing else", async () => {
    const metadata = await upload();
    const { statusCode, body, headers } = await update(metadata.imageId, { image_name: "ü" });
    const changed = { ...metadata, imageName: "ü" };
    assert.deepEqual([statusCode, body], [200, { imageId: metadata.imageId, metadata: changed }]);
    const fetched = await get(metadata.imageId);
    assert.deepEqual(fetched.body.metadata, changed);
    assert.equal(headers?.ETag, fetched.headers?.ETag);
    await assertTagged(metadata.imageId);
  });

  it("replaces all tags, by which the image is found at once and no more", async () => {
    const { imageId } = await upload({ a: "b", c: "d" });
    await update(imageId, { tags: { c: "d", e: "f" } });
    assert.deepEqual((await assertTagged(imageId)).tags, { c: "d", e: "f" });
    assert.deepEqual(await tagged("a:b"), []);
    await update(imageId, { tags: {} });
    assert.deepEqual((await assertTagged(imageId)).tags, {});
  });

  it("replaces fifty tags by fifty others, and removes the entry that is one too many", async () => {
    const { imageId } = await upload(manyTags("a"));
    assert.equal((await update(imageId, { tags: manyTags("b") })).statusCode, 200);
    const row = await assertTagged(imageId);
    assert.deepEqual([row.tags, row.staleTags], [manyTags("b"), undefined]);
  });

  it("leaves an entry that is one too many to the next change, and shows it to nobody", async () => {
    const { imageId } = await upload(manyTags("a"));
    // Reads, changes, and is killed.
    await succeeds(
      updateImage(
        { imageId, change: { tags: manyTags("b") }, caller: anyone, ifMatch: undefined },
        updateDeps(fated(["done", "done", "killed"])),
      ),
    );
    assert.equal((await cloud().tagEntries()).length, 51);
    assert.deepEqual(await tagged("a49:v"), []);
    assert.equal((await update(imageId, { imageName: "other" })).statusCode, 200);
    await assertTagged(imageId);
  });

  it("leaves no entry when an image is deleted that has one too many", async () => {
    const { imageId } = await upload(manyTags("a"));
    await succeeds(
      updateImage(
        { imageId, change: { tags: manyTags("b") }, caller: anyone, ifMatch: undefined },
        updateDeps(fated(["done", "done", "killed"])),
      ),
    );
    await purge(imageId, imageDeps());
    await cloud().assertHidden();
  });

  it("sets the focal point, and takes it back", async () => {
    const { imageId, ...metadata } = await upload();
    const focalPoint = { x: 0.25, y: 0.3333 };
    const { body } = await update(imageId, { focalPoint: { x: 0.25, y: 0.33333 } });
    assert.deepEqual(body.metadata, { ...metadata, imageId, focalPoint });
    assert.deepEqual((await update(imageId, { tags: { a: "b", c: "d" } })).body, body);
    const without = await update(imageId, { focal_point: null });
    assert.deepEqual(without.body.metadata, { ...metadata, imageId });
  });

  it("removes renditions that are about something else, from the edge as well", async () => {
    const { imageId } = await upload();
    await cloud().storeRendition(imageId);
    await update(imageId, { imageName: "other" });
    assert.equal((await cloud().renditions()).length, 1);
    assert.equal((await update(imageId, { focalPoint: { x: 1, y: 1 } })).statusCode, 200);
    assert.deepEqual(await cloud().renditions(), []);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "ready" && row.invalidationOwed === undefined);
  });

  it("lets the sweep look for renditions once more, only after the focal point has moved", async () => {
    const { imageId } = await upload();
    const focalPoint = { x: 0, y: 1 };
    const begun = new Date(Date.now() + 15 * 60_000).toISOString();
    await update(imageId, { imageName: "other", focalPoint: null });
    assert.equal((await cloud().row(imageId))?.sweep, undefined);
    await update(imageId, { focalPoint });
    const row = await cloud().row(imageId);
    assert.equal(row?.sweep, "renditions");
    assert.ok((row.sweepAfter ?? "") >= begun);
    await update(imageId, { focalPoint, imageName: "another" });
    assert.equal((await cloud().row(imageId))?.sweepAfter, row.sweepAfter);
    await update(imageId, { focalPoint: null });
    assert.ok(((await cloud().row(imageId))?.sweepAfter ?? "") >= (row.sweepAfter ?? ""));
  });

  it("leaves to a delete what the edge could not forget", async () => {
    const { imageId } = await upload();
    await cloud().storeRendition(imageId);
    cloud().edge.refusal = "TooManyInvalidationsInProgress";
    assert.equal((await update(imageId, { focalPoint: { x: 0, y: 1 } })).statusCode, 503);
    cloud().edge.refusal = undefined;
    await purge(imageId, imageDeps());
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
  });

  it("removes no rendition of an image that is deleted meanwhile, so that the delete finds it", async () => {
    const { imageId } = await upload();
    await cloud().storeRendition(imageId);
    const deps = updateDeps();
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "ready");
    await deps.publication.hide(imageId, new Date());
    assert.equal(await clearRenditions(row, deps), "cleared");
    assert.equal((await cloud().renditions()).length, 1);
    await purge(imageId, deps);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
    assert.deepEqual(await cloud().renditions(), []);
  });

  it("says so when the edge cannot forget renditions yet, and does it when repeated", async () => {
    const { imageId } = await upload();
    await cloud().storeRendition(imageId);
    cloud().edge.refusal = "TooManyInvalidationsInProgress";
    const busy = await update(imageId, { focalPoint: { x: 1, y: 1 } });
    assert.deepEqual([busy.statusCode, busy.body.code], [503, "RenditionsBusy"]);
    assert.equal(busy.headers?.["Retry-After"], "30");
    assert.deepEqual(await cloud().renditions(), []);
    cloud().edge.refusal = undefined;
    assert.equal((await update(imageId, { focalPoint: { x: 1, y: 1 } })).statusCode, 200);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
  });

  it("honours If-Match", async () => {
    const { imageId } = await upload();
    const etag = String((await get(imageId)).headers?.ETag);
    for (const other of ['"x"', `W/${etag}`, "", "x", `"*"`]) {
      const refused = await update(imageId, { imageName: "refused" }, { "If-Match": other });
      assert.deepEqual([refused.statusCode, refused.body.code], [412, "PreconditionFailed"], other);
    }
    assert.equal(String((await get(imageId)).headers?.ETag), etag);
    const first = await update(imageId, { imageName: "1" }, { "if-match": `"x", ${etag}` });
    assert.equal(first.statusCode, 200);
    assert.equal((await update(imageId, { imageName: "2" }, { "If-Match": etag })).statusCode, 412);
    assert.equal((await update(imageId, { imageName: "3" }, { "If-Match": "*" })).statusCode, 200);
  });

  it("honours If-None-Match", async () => {
    const { imageId } = await upload();
    const etag = String((await get(imageId)).headers?.ETag);
    for (const known of [etag, `"x", W/${etag}`, "*"]) {
      const refused = await update(imageId, { imageName: "no" }, { "If-None-Match": known });
      assert.deepEqual([refused.statusCode, refused.body.code], [412, "PreconditionFailed"], known);
    }
    assert.equal(String((await get(imageId)).headers?.ETag), etag);
    const changed = await update(imageId, { imageName: "1" }, { "If-None-Match": '"x"' });
    assert.equal(changed.statusCode, 200);
  });

  it("changes nothing when told what is so already", async () => {
    const { imageId } = await upload();
    await update(imageId, { tags: { c: "d", a: "b" }, imageName: "n", focalPoint: null });
    await update(imageId, {});
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "ready");
    assert.equal(row.revision, undefined);
  });

  const refused: [unknown, string][] = [
    [{ imageName: null }, "imageName"],
    [{ image_name: "" }, "image_name"],
    [{ userId: "other" }, "userId"],
    [{ tags: { a: 1 } }, "tags.a"],
    [{ tags: null }, "tags"],
    [{ focalPoint: { x: 1.01, y: 0 } }, "focalPoint.x"],
    [{ focalPoint: { x: 0, y: -0.01 } }, "focalPoint.y"],
    [{ focalPoint: { x: 0 } }, "focalPoint"],
    [{ focalPoint: "0.5,0.5" }, "focalPoint"],
    [{ focalPoint: { x: 0, y: 0, z: 0 } }, "focalPoint.z"],
    [[], "body"],
    [null, "body"],
  ];
  for (const [change, field] of refused) {
    it(`answers 400 to ${JSON.stringify(change)}`, async () => {
      const { imageId, ...metadata } = await upload();
      const { statusCode, body } = await update(imageId, change);
      const [detail] = body.details as { field: string }[];
      assert.deepEqual([statusCode, body.code, detail?.field], [400, "InvalidRequest", field]);
      assert.deepEqual((await get(imageId)).body.metadata, { imageId, ...metadata });
    });
  }

  it("answers 404 to the id of no image, of a deleted one, and to what is no id", async () => {
    const { imageId } = await upload();
    await purge(imageId, imageDeps());
    for (const id of [imageId, randomUUID(), "1"]) {
      const { statusCode, body } = await update(id, { imageName: "other" }, { "If-Match": "*" });
      assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
    }
  });

  it("makes of changes at the same time one after the other, with a delete among them, too", async () => {
    const turns = fc.array(fc.nat(5), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(turns, fc.boolean(), async (choices, isDeleted) => {
        const { imageId } = await upload({ a: "b" });
        const changes = [1, 2, 3].map((n) => ({ imageName: `n${n}`, tags: { [`t${n}`]: "v" } }));
        await interleaved(
          choices,
          ...changes.map(
            (change) => (fate: Fate) =>
              updateImage(
                { imageId, change, caller: anyone, ifMatch: undefined },
                updateDeps(fate),
              ),
          ),
          ...(isDeleted ? [(fate: Fate) => purge(imageId, imageDeps(fate))] : []),
        );
        if (isDeleted) {
          await purge(imageId, imageDeps());
          await cloud().assertHidden();
          return;
        }
        const { imageName, tags } = await assertTagged(imageId);
        assert.ok(
          changes.some(
            (change) => change.imageName === imageName && tags[`t${imageName.slice(1)}`],
          ),
        );
        await purge(imageId, imageDeps());
      }),
      { numRuns: Number(process.env.RUNS ?? 5) },
    );
  });
});
