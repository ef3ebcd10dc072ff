import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { assertError, call } from "./support/api";
import { listImages, type Metadata, uploadImage } from "./support/images";
import { useStack } from "./support/use-stack";

describe("images by tag", () => {
  const stack = useStack();

  const idsOf = (images: readonly Metadata[]) => images.map(({ imageId }) => imageId);

  it("are those that have exactly that tag, newest first, of all users or of one", async () => {
    const value = randomUUID();
    const upload = (userId: string, tags: Record<string, string>) =>
      uploadImage(stack(), { userId, tags });
    const first = await upload("e2e-tags-a", { shade: value, size: "s" });
    const second = await upload("e2e-tags-b", { shade: value });
    await upload("e2e-tags-a", { shade: `${value}x`, other: value });
    const tag = `shade:${value}`;
    assert.deepEqual((await listImages(stack(), { tag })).images, [second, first]);
    assert.deepEqual((await listImages(stack(), { tag, userId: "e2e-tags-a" })).images, [first]);
    assert.deepEqual((await listImages(stack(), { tag, userId: "nobody" })).images, []);
  });

  it("may have colons and any Unicode in them", async () => {
    const key = `url ${randomUUID()}`;
    const tags = { [key]: "https://example.com/?a=b&c", "ключ 🦊": key, empty: "" };
    const metadata = await uploadImage(stack(), { userId: key, tags });
    for (const tag of Object.entries(tags).map((entry) => entry.join(":"))) {
      const { images } = await listImages(stack(), { tag, userId: key });
      assert.deepEqual(images, [metadata], tag);
    }
  });

  it("come page by page, each exactly once, while others are uploaded", async () => {
    const value = randomUUID();
    const upload = () => uploadImage(stack(), { userId: "e2e-tags", tags: { page: value } });
    const expected: string[] = [];
    for (let count = 0; count < 5; count++) {
      expected.unshift((await upload()).imageId);
    }
    const seen: string[] = [];
    let query: Record<string, string> = { tag: `page:${value}`, limit: "2" };
    for (let page = 0; page < 3; page++) {
      const { images, nextCursor } = await listImages(stack(), query);
      seen.push(...idsOf(images));
      query = { ...query, cursor: nextCursor };
      await upload();
    }
    assert.deepEqual(seen, expected);
  });

  it("have cursors that are of no other list", async () => {
    const value = randomUUID();
    const userId = "e2e-tags";
    const tags = { one: value, two: value };
    await uploadImage(stack(), { userId, tags });
    await uploadImage(stack(), { userId, tags });
    const list = { tag: `one:${value}`, limit: "1" };
    const { nextCursor: cursor } = await listImages(stack(), list);
    assert.equal((await listImages(stack(), { ...list, cursor })).images.length, 1);
    const others: Record<string, string>[] = [
      { tag: `two:${value}` },
      { tag: `one:${value}`, userId },
      { userId },
      {},
    ];
    for (const other of others) {
      const query = new URLSearchParams({ ...other, cursor });
      assertError(await call(stack(), `/images?${query.toString()}`), 400, "InvalidCursor");
    }
  });

  for (const tag of ["", "colour", ":red", `${"k".repeat(128)}:${"v".repeat(257)}`]) {
    it(`are not looked for by ${JSON.stringify(tag.slice(0, 20))} of ${tag.length} characters`, async () => {
      assertError(await call(stack(), `/images?tag=${encodeURIComponent(tag)}`), 400);
    });
  }
});
