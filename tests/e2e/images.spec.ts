import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { makeImage } from "../support/images";
import { assertError, call, download, postJson } from "./support/api";
import { type Metadata, metadataOf, tryUpload, untilDescribed } from "./support/images";
import { storedImages } from "./support/stack";
import { useStack } from "./support/use-stack";

const formats = ["jpeg", "png", "gif", "webp"] as const;

describe("the image API", () => {
  const stack = useStack();

  for (const format of formats) {
    it(`stores a ${format} from JSON and gives back the same bytes`, async () => {
      const image = await makeImage(format);
      const answer = await postJson(stack(), "/images", {
        image_data: image.toString("base64"),
        content_type: `image/${format}`,
        user_id: "e2e-json",
      });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      assert.equal(metadataOf(answer).size, image.length);
      const downloaded = await download(stack(), String(answer.body.url));
      assert.equal(downloaded.status, 200);
      assert.ok(downloaded.body.equals(image));
    });

    it(`stores a ${format} from a raw body`, async () => {
      const image = await makeImage(format);
      const answer = await call(
        stack(),
        "/images?userId=e2e-raw&imageName=raw&tags=%7B%22a%22:%22b%22%7D",
        {
          method: "POST",
          headers: { "content-type": `image/${format}` },
          body: image,
        },
      );
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      assert.deepEqual(metadataOf(answer).tags, { a: "b" });
      const downloaded = await download(stack(), String(answer.body.url));
      assert.ok(downloaded.body.equals(image));
      assert.equal(downloaded.headers["content-type"], `image/${format}`);
    });
  }

  it("stores an image from a form", async () => {
    const image = await makeImage("png");
    const form = new FormData();
    form.set("user_id", "e2e-form");
    form.set("image_name", "from a form");
    form.set("tags", JSON.stringify({ way: "form" }));
    form.set("image", new Blob([new Uint8Array(image)], { type: "image/png" }), "picture.png");
    const answer = await call(stack(), "/images", { method: "POST", body: form });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.equal(metadataOf(answer).imageName, "from a form");
    const downloaded = await download(stack(), String(answer.body.url));
    assert.ok(downloaded.body.equals(image));
  });

  it("keeps any Unicode in user, name and tags, and gives the same metadata on every route", async () => {
    const userId = `Łukasz/名前 🦊 ${randomUUID()}`;
    const created = await postJson(stack(), "/images", {
      image_data: (await makeImage("png")).toString("base64"),
      content_type: "image/png",
      user_id: userId,
      image_name: "naïve %2e%2e — “写真”.png",
      tags: { ключ: "значение", __proto__x: "1" },
    });
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const metadata = metadataOf(created);
    assert.equal(metadata.userId, userId);
    assert.equal(metadata.imageName, "naïve %2e%2e — “写真”.png");
    assert.deepEqual(metadata.tags, { ключ: "значение", __proto__x: "1" });
    assert.match(metadata.key, /^images\/[0-9a-f]{32}\/[0-9a-f-]{36}\.png$/);

    const described = await untilDescribed(stack(), metadata.imageId);
    assert.deepEqual({ ...described, ...metadata }, described);
    const fetched = await call(stack(), `/images/${metadata.imageId}?url=true`);
    assert.equal(fetched.status, 200);
    const { url, ...rest } = fetched.body;
    assert.deepEqual(rest, { imageId: metadata.imageId, metadata: described });
    assert.equal((await download(stack(), String(url))).status, 200);

    const listed = await call(stack(), `/images?userId=${encodeURIComponent(userId)}`);
    assert.equal(listed.status, 200);
    assert.deepEqual(listed.body, { images: [described], count: 1, hasMore: false });
  });

  it("tells the size and orientation of a photo, and nothing of where it was taken", async () => {
    const exif = {
      IFD0: { Artist: "photographer-1" },
      IFD3: { GPSLatitudeRef: "N", GPSMapDatum: "somewhere-1" },
    };
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "red" } })
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    assert.ok(photo.includes("photographer-1") && photo.includes("somewhere-1"));
    const userId = `photo-${randomUUID()}`;
    const contentType = "image/jpeg";
    const created = await tryUpload(stack(), { userId, image: photo, contentType });
    const { imageId, width, height, orientation, etag } = metadataOf(created);
    assert.deepEqual([width, height, orientation], [40, 30, 6]);
    assert.match(etag, /^[0-9a-f]{32}$/);
    for (const answer of [
      created,
      await call(stack(), `/images/${imageId}`),
      await call(stack(), `/images?userId=${userId}`),
    ]) {
      // A URL is signed by what may spell any word.
      const text = answer.bytes.toString("utf8").replaceAll(/"url":"[^"]*"/g, "");
      assert.match(text, /"orientation":6/);
      assert.doesNotMatch(text, /photographer|somewhere|gps|latitude|exif/i);
    }
  });

  it("lists a user's images newest first, page by page, each exactly once", async () => {
    const userId = `pages-${randomUUID()}`;
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const answer = await postJson(stack(), "/images", {
        image_data: (await makeImage("gif")).toString("base64"),
        content_type: "image/gif",
        user_id: userId,
      });
      ids.unshift(metadataOf(answer).imageId);
    }
    const seen: string[] = [];
    let cursor = "";
    for (let page = 0; page < 3; page++) {
      const answer = await call(stack(), `/images?userId=${userId}&limit=2&urls=true${cursor}`);
      const images = answer.body.images as (Metadata & { url: string })[];
      seen.push(...images.map((image) => image.imageId));
      assert.equal(answer.body.hasMore, page < 2);
      assert.equal(answer.body.count, images.length);
      for (const { url } of images) {
        assert.equal((await download(stack(), url)).status, 200);
      }
      cursor = `&cursor=${encodeURIComponent(String(answer.body.nextCursor))}`;
    }
    assert.deepEqual(seen, ids);
  });

  it("lists everybody's images, newest first, without a user", async () => {
    const created = await postJson(stack(), "/images", {
      image_data: (await makeImage("png")).toString("base64"),
      content_type: "image/png",
      user_id: `all-${randomUUID()}`,
    });
    const answer = await call(stack(), "/images?limit=1");
    const [newest] = answer.body.images as Metadata[];
    assert.deepEqual({ ...newest, ...metadataOf(created) }, newest);
  });

  it("takes a limit above 100 for 100", async () => {
    assert.equal((await call(stack(), "/images?limit=5000")).status, 200);
  });

  it("refuses a forged cursor, and one of another list", async () => {
    const userId = `forged-${randomUUID()}`;
    for (let i = 0; i < 2; i++) {
      await postJson(stack(), "/images", {
        image_data: (await makeImage("png")).toString("base64"),
        content_type: "image/png",
        user_id: userId,
      });
    }
    const page = await call(stack(), `/images?userId=${userId}&limit=1`);
    const cursor = String(page.body.nextCursor);
    const tampered = `${cursor.startsWith("A") ? "B" : "A"}${cursor.slice(1)}`;
    assertError(await call(stack(), `/images?userId=${userId}&cursor=${tampered}`), 400);
    assertError(await call(stack(), `/images?userId=someone&cursor=${cursor}`), 400);
    assertError(await call(stack(), `/images?cursor=${cursor}`), 400);
    assertError(await call(stack(), `/images?userId=${userId}&cursor=e30`), 400);
  });

  it("answers 404 for an image that is not there", async () => {
    assertError(await call(stack(), `/images/${randomUUID()}`), 404);
    assertError(await call(stack(), "/images/not-a-uuid"), 404);
    assertError(await call(stack(), "/images/..%2F..%2Fadmin"), 404);
  });

  it("does not let anybody read an image without a signature, or with a changed one", async () => {
    const before = await storedImages(stack());
    const created = await postJson(stack(), "/images", {
      image_data: (await makeImage("png")).toString("base64"),
      content_type: "image/png",
      user_id: "e2e-private",
    });
    const url = new URL(String(created.body.url));
    const signature = url.searchParams.get("X-Amz-Signature") ?? "";
    url.searchParams.set(
      "X-Amz-Signature",
      signature.replace(/^./, signature.startsWith("0") ? "1" : "0"),
    );
    assert.equal((await download(stack(), url.href)).status, 403);
    assert.equal((await download(stack(), `${url.origin}${url.pathname}`)).status, 403);
    assert.equal((await storedImages(stack())).length, before.length + 2);
  });
});
