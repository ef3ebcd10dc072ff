import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ReadyItem } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { createHandler } from "../../handlers/list-images";
import { imageDeps } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { readyItem } from "./ready-item";
import { apiEvent, call, settings, useSdkSettings } from "./support";

describe("a list of images that look like one", function () {
  this.timeout(30_000);
  useSdkSettings();
  const cloud = useImagesCloud();

  const list = (query: Record<string, string>) =>
    call(createHandler(settings), apiEvent({ method: "GET", resource: "/images", query }));

  async function store(perceptualHash?: string, fields: Partial<ReadyItem> = {}): Promise<string> {
    const item = readyItem({ ...(perceptualHash !== undefined && { perceptualHash }), ...fields });
    await cloud().documents.send(new PutCommand({ TableName: settings.IMAGES_TABLE, Item: item }));
    return item.imageId;
  }

  const original = "0123456789abcdef";
  /** By how many bits they differ. */
  const near = {
    1: "8123456789abcdef",
    5: "0123456789abcdf0",
  };

  function found(body: Record<string, unknown>): [string, number][] {
    const images = body.images as { imageId: string; distance: number }[];
    return images.map(({ imageId, distance }) => [imageId, distance]);
  }

  it("has those of the same user by distance, and neither itself nor others", async () => {
    const similarTo = await store(original);
    const [same, one, five] = [await store(original), await store(near[1]), await store(near[5])];
    await store("fedcba9876543210");
    await store(original, { userId: "other" });
    await store();
    const { statusCode, body } = await list({ similarTo });
    assert.equal(statusCode, 200);
    assert.deepEqual(found(body), [
      [same, 0],
      [one, 1],
      [five, 5],
    ]);
    assert.deepEqual([body.count, body.hasMore, body.nextCursor], [3, false, undefined]);
  });

  it("has none farther than is wanted", async () => {
    const similar_to = await store(original);
    const [same, one] = [await store(original), await store(near[1])];
    await store(near[5]);
    assert.deepEqual(found((await list({ similar_to, maxDistance: "0" })).body), [[same, 0]]);
    const two = await list({ similar_to, max_distance: "4", userId: "u" });
    assert.deepEqual(found(two.body), [
      [same, 0],
      [one, 1],
    ]);
  });

  it("says that there are more than the limit", async () => {
    const similarTo = await store(original);
    const ids = [await store(original), await store(original), await store(original)].sort();
    const { body } = await list({ similarTo, limit: "2" });
    assert.deepEqual(
      found(body),
      ids.slice(0, 2).map((id) => [id, 0]),
    );
    assert.deepEqual([body.hasMore, body.nextCursor], [true, undefined]);
  });

  it("has no image any more that was deleted", async () => {
    const [similarTo, deleted] = [await store(original), await store(original)];
    await purge(deleted, imageDeps());
    assert.deepEqual(found((await list({ similarTo })).body), []);
    const { statusCode, body } = await list({ similarTo: deleted });
    assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
  });

  it("asks to wait while it is not known how the image looks", async () => {
    const { statusCode, body, headers } = await list({ similarTo: await store() });
    assert.deepEqual([statusCode, body.code], [409, "NotDescribed"]);
    assert.equal(headers?.["Retry-After"], "2");
  });

  for (const id of [randomUUID(), "", " ", "1", "../admin", "a".repeat(3000)]) {
    it(`answers 404 to "${id.slice(0, 40)}", the id of no image`, async () => {
      const { statusCode, body } = await list({ similarTo: id });
      assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
    });
  }

  const refused: [Record<string, string>, string][] = [
    [{ tag: "a:b" }, "tag"],
    [{ cursor: "x" }, "cursor"],
    [{ userId: "other" }, "userId"],
    [{ maxDistance: "21" }, "maxDistance"],
    [{ maxDistance: "-1" }, "maxDistance"],
    [{ maxDistance: "1.5" }, "maxDistance"],
    [{ maxDistance: "" }, "maxDistance"],
    [{ max_distance: "ten" }, "max_distance"],
  ];
  for (const [query, field] of refused) {
    it(`answers 400 to ${JSON.stringify(query)} besides`, async () => {
      const { statusCode, body } = await list({ similarTo: await store(original), ...query });
      const [detail] = body.details as { field: string }[];
      assert.deepEqual([statusCode, detail?.field], [400, field]);
    });
  }

  it("takes no distance by itself", async () => {
    assert.equal((await list({ maxDistance: "3" })).statusCode, 400);
  });
});
