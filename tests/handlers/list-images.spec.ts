import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { createHandler } from "../../handlers/list-images";
import type { ImageItem } from "../../handlers/shared/images-table";
import { imagesTable, useDynalite } from "./dynalite";
import { useKms } from "./kms";
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
  useKms();
  const dynamoDb = useDynalite(imagesTable);

  const list = (query?: RequestParts["query"]): Promise<Exchange> =>
    call(createHandler(settings), apiEvent({ method: "GET", ...(query && { query }) }));

  /** Stores images of one user, of which the nth was taken in at second n. */
  async function store(count: number, fields: Partial<ImageItem> = {}): Promise<void> {
    const client = DynamoDBDocumentClient.from(dynamoDb());
    for (let second = 0; second < count; second++) {
      const imageId = randomUUID();
      const item: ImageItem = {
        imageId,
        collection: "images",
        timestamp: new Date(second * 1000).toISOString(),
        userId: "u",
        imageName: "n",
        key: `images/0123/${imageId}.png`,
        contentType: "image/png",
        size: second,
        tags: {},
        ...fields,
      };
      await client.send(new PutCommand({ TableName: settings.IMAGES_TABLE, Item: item }));
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

  const queries: Record<string, string>[] = [{}, { userId: "u" }];
  for (const query of queries) {
    it(`pages through ${JSON.stringify(query)} without loss or repetition`, async () => {
      await store(3);
      // Of the same instant: only the image id tells them apart.
      await store(4, { timestamp: "2020-01-01T00:00:00.000Z" });
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
    for (const other of ["", "userId=v&"]) {
      const query = Object.fromEntries(new URLSearchParams(`${other}cursor=${cursor}`));
      const { statusCode, body } = await list(query);
      assert.equal(statusCode, 400);
      assert.equal(body.code, "InvalidCursor");
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
