import assert from "node:assert/strict";
import { DeleteCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { createDynamoDb } from "../../handlers/aws/clients";
import { maxPayloadBytes, payloadBytes } from "../../handlers/http/json";
import type { ReadyItem } from "../../handlers/images/images-table";
import { tagEntries } from "../../handlers/images/tags-table";
import { encodeCursor } from "../../handlers/http/cursor";
import { createHandler } from "../../handlers/list-images";
import { useDynamoDb } from "./dynamodb";
import { imagesTable, tagsTable } from "./image-tables";
import { readyItem } from "./ready-item";
import { useSigningKey, verifiedUrl } from "./signing-key";
import {
  apiEvent,
  call,
  type Exchange,
  type RequestParts,
  settings,
  useSdkSettings,
} from "./support";

describe("list-images", () => {
  useSdkSettings();
  const key = useSigningKey();
  useDynamoDb(imagesTable, tagsTable);

  const list = (query?: RequestParts["query"]): Promise<Exchange> =>
    call(createHandler(settings), apiEvent({ method: "GET", ...(query && { query }) }));

  /** Stores images of one user, of which the nth became ready at second n. */
  async function store(count: number, fields: Partial<ReadyItem> = {}): Promise<void> {
    const client = createDynamoDb();
    const Put = (TableName: string) => (Item: object) => ({ Put: { TableName, Item } });
    for (let second = 0; second < count; second++) {
      const timestamp = new Date(second * 1000).toISOString();
      const item = readyItem({ timestamp, size: second, ...fields });
      const TransactItems = [
        Put(settings.IMAGES_TABLE)(item),
        ...tagEntries(item).map(Put(settings.TAGS_TABLE)),
      ];
      await client.send(new TransactWriteCommand({ TransactItems }));
    }
  }

  function imagesOf({ statusCode, body }: Exchange): Record<string, unknown>[] {
    assert.equal(statusCode, 200, JSON.stringify(body));
    const images = body.images as Record<string, unknown>[];
    assert.equal(body.count, images.length);
    assert.equal(typeof body.nextCursor === "string", body.hasMore);
    return images;
  }

  /** All images of a list, page by page, and the sizes of the pages. */
  async function readAll(query: Record<string, string>) {
    const pages: Record<string, unknown>[][] = [];
    let cursor: unknown;
    do {
      const exchange = await list({ ...query, ...(typeof cursor === "string" && { cursor }) });
      pages.push(imagesOf(exchange));
      cursor = exchange.body.nextCursor;
    } while (cursor !== undefined);
    return { images: pages.flat(), sizes: pages.map((page) => page.length) };
  }

  it("answers with nothing when there is nothing", async () => {
    assert.deepEqual((await list()).body, { images: [], count: 0, hasMore: false });
  });

  it("adds URLs by preset to every image of a page", async () => {
    await store(3);
    const images = imagesOf(await list({ preset: "thumb,large", limit: "2" }));
    assert.equal(images.length, 2);
    for (const { imageId, urls } of images) {
      const byPreset = urls as Record<string, string>;
      assert.deepEqual(Object.keys(byPreset), ["thumb", "large"]);
      for (const [preset, url] of Object.entries(byPreset)) {
        const { resource } = verifiedUrl(url, key);
        assert.equal(resource, `https://images.test/i/${String(imageId)}/${preset}`);
      }
    }
    assert.ok(imagesOf(await list()).every((image) => !("urls" in image)));
  });

  it("refuses presets that there are not", async () => {
    const { statusCode, body } = await list({ preset: "thumb,huge" });
    assert.equal(statusCode, 400);
    const [problem] = body.details as { field: string; problem: string }[];
    assert.equal(problem?.field, "preset");
    assert.match(problem.problem, /must be one of large, open, thumb, not "huge"/);
  });

  it("lists the images of a user, newest first, with numbers as numbers", async () => {
    await store(3);
    await store(1, { userId: "other" });
    const images = imagesOf(await list({ userId: "u" }));
    assert.deepEqual(
      images.map(({ userId, size }) => [userId, size]),
      [
        ["u", 2],
        ["u", 1],
        ["u", 0],
      ],
    );
    assert.equal(images[0]?.collection, undefined);
  });

  it("lists the images of all users, newest first", async () => {
    await store(2);
    await store(1, { userId: "other", timestamp: "2020-01-01T00:00:00.000Z" });
    const images = imagesOf(await list());
    assert.deepEqual(
      images.map(({ userId }) => userId),
      ["other", "u", "u"],
    );
  });

  const queries: Record<string, string>[] = [
    {},
    { userId: "u" },
    { tag: "a:1" },
    { tag: "a:1", userId: "u" },
  ];
  for (const query of queries) {
    it(`pages through ${JSON.stringify(query)} without loss or repetition`, async () => {
      await store(3, { tags: { a: "1" } });
      // Of the same instant: only the image id tells them apart.
      await store(4, { timestamp: "2020-01-01T00:00:00.000Z", tags: { a: "1" } });
      const { images, sizes } = await readAll({ ...query, limit: "2" });
      assert.deepEqual(sizes, [2, 2, 2, 1]);
      assert.equal(new Set(images.map(({ imageId }) => imageId)).size, 7);
    });
  }

  it("has no more when the last page is full", async () => {
    await store(4);
    assert.deepEqual((await readAll({ limit: "2" })).sizes, [2, 2]);
  });

  it("lists 20 images when no limit is given, and 100 at most", async () => {
    await store(101);
    assert.equal(imagesOf(await list()).length, 20);
    const exchange = await list({ limit: "99999999999999999999999" });
    assert.equal(imagesOf(exchange).length, 100);
    assert.equal(exchange.body.hasMore, true);
  });

  it("ends a page before it outgrows what a function may return", async () => {
    const tags = Object.fromEntries(
      [...Array(50).keys()].map((n) => [`${n}${"🎞".repeat(126)}`, "🎞".repeat(256)]),
    );
    await store(90, { tags });
    const { images, sizes } = await readAll({ limit: "100" });
    assert.equal(images.length, 90);
    assert.ok(sizes.length > 1, String(sizes));
  });

  it("counts the URLs by preset to what a function may return", async () => {
    // Not quite as many as go onto one page: with two URLs each, they need another.
    const tags = Object.fromEntries(
      [...Array(50).keys()].map((n) => [`${n}${"🎞".repeat(126)}`, "🎞".repeat(256)]),
    );
    await store(1, { tags });
    const [image] = imagesOf(await list());
    const count = Math.floor((maxPayloadBytes - 1) / payloadBytes(JSON.stringify(image)));
    await store(count - 1, { tags });
    assert.deepEqual((await readAll({ limit: "100" })).sizes, [count]);
    const { images, sizes } = await readAll({ limit: "100", preset: "thumb,large" });
    assert.equal(images.length, count);
    assert.equal(sizes.length, 2);
  });

  describe("by a tag", () => {
    const sizes = (exchange: Exchange) => imagesOf(exchange).map(({ size }) => size);

    it("lists the images that have exactly this key and value, newest first", async () => {
      await store(2, { tags: { a: "1", b: "2" } });
      await store(1, { userId: "other", tags: { a: "1" }, size: 9, timestamp: "1969-01-01" });
      await store(1, { tags: { a: "10", A: "1", "a ": "1" }, size: 8 });
      assert.deepEqual(sizes(await list({ tag: "a:1" })), [1, 0, 9]);
      assert.deepEqual(sizes(await list({ tag: "a:1", userId: "u" })), [1, 0]);
      assert.deepEqual(sizes(await list({ tag: "b:2" })), [1, 0]);
      assert.deepEqual(sizes(await list({ tag: "a:2" })), []);
      assert.deepEqual(sizes(await list({ tag: "a:1", userId: "nobody" })), []);
    });

    it("knows any characters, colons too, and tags that read alike as one", async () => {
      await store(1, { tags: { a: "b:c", "a:b": "c" } });
      await store(1, { tags: { "🎞é": "", ["k".repeat(128)]: "🎞".repeat(256) }, size: 1 });
      assert.deepEqual(sizes(await list({ tag: "a:b:c" })), [0]);
      assert.deepEqual(sizes(await list({ tag: "🎞é:" })), [1]);
      assert.deepEqual(sizes(await list({ tag: "🎞e\u0301:" })), []);
      const longest = `${"k".repeat(128)}:${"🎞".repeat(256)}`;
      assert.deepEqual(sizes(await list({ tag: longest })), [1]);
    });

    it("passes over entries whose image is there no more, and still fills the page", async () => {
      const tags = { a: "1" };
      await store(5, { tags });
      const newest = imagesOf(await list({ tag: "a:1", limit: "2" }));
      for (const { imageId } of newest) {
        const removal = new DeleteCommand({ TableName: settings.IMAGES_TABLE, Key: { imageId } });
        await createDynamoDb().send(removal);
      }
      const exchange = await list({ tag: "a:1", limit: "2" });
      assert.deepEqual([sizes(exchange), exchange.body.hasMore], [[2, 1], true]);
      const cursor = exchange.body.nextCursor as string;
      assert.deepEqual(sizes(await list({ tag: "a:1", limit: "2", cursor })), [0]);
    });

    it("goes on where it was when images are added meanwhile", async () => {
      await store(4, { tags: { a: "1" } });
      const { nextCursor } = (await list({ tag: "a:1", limit: "2" })).body;
      await store(2, { tags: { a: "1" }, timestamp: "2030-01-01T00:00:00.000Z" });
      const query = { tag: "a:1", limit: "2", cursor: nextCursor as string };
      assert.deepEqual(sizes(await list(query)), [1, 0]);
    });

    it("reads more than a hundred entries", async () => {
      await store(101, { tags: { a: "1" } });
      const exchange = await list({ tag: "a:1", limit: "100" });
      assert.deepEqual([imagesOf(exchange).length, exchange.body.hasMore], [100, true]);
    });
  });

  it("adds presigned URLs when asked to, and only then", async () => {
    await store(1);
    const [image] = imagesOf(await list({ urls: "true" }));
    const url = new URL(image?.url as string);
    assert.ok(url.pathname.endsWith(image?.key as string));
    assert.equal(url.searchParams.get("X-Amz-Expires"), "3600");
    assert.equal(imagesOf(await list({ urls: "false" }))[0]?.url, undefined);
    assert.equal(imagesOf(await list())[0]?.url, undefined);
  });

  it("refuses a cursor of another list", async () => {
    await store(2);
    const { nextCursor } = (await list({ userId: "u", limit: "1" })).body;
    const cursor = nextCursor as string;
    for (const other of ["", "userId=v&", "userId=u&tag=a:1&"]) {
      const query = Object.fromEntries(new URLSearchParams(`${other}cursor=${cursor}`));
      const { statusCode, body } = await list(query);
      assert.equal(statusCode, 400);
      assert.equal(body.code, "InvalidCursor");
    }
  });

  it("leads nowhere but through its list by a cursor that was made up of another's image", async () => {
    const tags = { a: "1" };
    await store(4, { tags });
    await store(3, { tags, userId: "v" });
    const [, { timestamp, imageId } = {}] = imagesOf(await list({ userId: "u" }));
    const foreign = { timestamp: String(timestamp), id: String(imageId) };
    const queries: Record<string, string>[] = [{ userId: "v" }, { userId: "v", tag: "a:1" }];
    for (const query of queries) {
      const cursor = encodeCursor(query, foreign);
      const owners = imagesOf(await list({ ...query, cursor })).map(({ userId }) => userId);
      assert.deepEqual(new Set(owners), new Set(["v"]));
    }
  });

  const badQueries: NonNullable<RequestParts["query"]>[] = [
    { limit: "abc" },
    { limit: "0" },
    { limit: "-1" },
    { limit: "1.5" },
    { limit: "1e1" },
    { limit: "" },
    { limit: " 1" },
    { limit: ["1", "2"] },
    { urls: "yes" },
    { userId: "" },
    { userId: "../../admin" },
    { userId: "x".repeat(129) },
    { userid: "u" },
    { tag: "" },
    { tag: "a" },
    { tag: ":1" },
    { tag: "a:\u0000" },
    { tag: `a:${"x".repeat(384)}` },
    { tag: ["a:1", "b:1"] },
    { cursor: ["a", "a"] },
  ];
  for (const query of badQueries) {
    it(`refuses the query ${JSON.stringify(query).slice(0, 40)}`, async () => {
      const { statusCode, body, headers } = await list(query);
      assert.equal(statusCode, 400);
      assert.equal(body.code, "InvalidRequest");
      assert.match(body.error as string, new RegExp(`^${Object.keys(query).join()} `));
      assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
    });
  }

  it("is for no cache", async () => {
    const { headers } = await list({ urls: "true" });
    assert.equal(headers?.["Cache-Control"], "private, no-store");
  });

  it("logs neither user nor cursor", async () => {
    await store(2, { userId: "SECRET-USER" });
    const first = await list({ userId: "SECRET-USER", limit: "1", urls: "true" });
    const cursor = first.body.nextCursor as string;
    const second = await list({ userId: "SECRET-USER", cursor });
    assert.equal(second.statusCode, 200);
    for (const { logText } of [first, second]) {
      assert.doesNotMatch(logText, /SECRET-USER|X-Amz-Signature/);
      assert.ok(!logText.includes(cursor));
    }
  });
});
