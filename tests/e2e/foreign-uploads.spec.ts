import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import sharp from "sharp";
import {
  exif,
  gifExtension,
  insertIntoGif,
  insertIntoJpeg,
  insertIntoPng,
  jpegSegment,
  pngChunk,
  pngChunkStart,
  prefixedExif,
  rareJpegs,
} from "../support/image-files";
import { makeImage } from "../support/images";
import { type Answer, assertError, call, postJson } from "./support/api";
import { createUpload, outcomeOf, sendImage, uploadDirectly } from "./support/direct-uploads";
import { listImages, metadataOf } from "./support/images";
import { storedImages } from "./support/stack";
import { useStack } from "./support/use-stack";

/** Images as cameras, phones and other programs make them, and as they send them. */
describe("an upload of other programs", () => {
  const stack = useStack();
  const userId = `foreign-${randomUUID()}`;
  let png: Buffer;
  let jpeg: Buffer;
  let gif: Buffer;
  let webp: Buffer;
  before(async () => {
    [png, jpeg, gif, webp] = await Promise.all([
      makeImage("png"),
      makeImage("jpeg"),
      makeImage("gif"),
      makeImage("webp"),
    ]);
  });

  function raw(body: Buffer, contentType: string, query = `?userId=${userId}`): Promise<Answer> {
    const headers = { "content-type": contentType };
    return call(stack(), `/images${query}`, { method: "POST", headers, body });
  }

  function form(boundary: string, ...parts: [string, Buffer | string][]): Promise<Answer> {
    const content = parts.flatMap(([headers, body]) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${headers}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from("\r\n"),
    ]);
    const body = Buffer.concat([...content, Buffer.from(`--${boundary}--\r\n`)]);
    return raw(body, `multipart/form-data; boundary=${boundary}`, "");
  }

  function assertStored(answer: Answer, expected: object): void {
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const metadata = metadataOf(answer) as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual(metadata[name], value, name);
    }
  }

  const size = { width: 8, height: 8 };
  const whole: Record<string, [string, () => Buffer | Promise<Buffer>, object]> = {
    "a JPEG with gain maps before its frame": [
      "image/jpeg",
      () =>
        insertIntoJpeg(jpeg, ...Array<Buffer>(17).fill(jpegSegment(0xeb, Buffer.alloc(65_000)))),
      size,
    ],
    "a JPEG with stray bytes between its segments": [
      "image/jpeg",
      () => insertIntoJpeg(jpeg, jpegSegment(0xfe, Buffer.from("x")), Buffer.from([1, 2, 3, 4, 5])),
      size,
    ],
    "a JPEG with EXIF far from its beginning": [
      "image/jpeg",
      () =>
        insertIntoJpeg(
          jpeg,
          jpegSegment(0xe1, prefixedExif({ orientation: 6, at: 58, bigEndian: true })),
        ),
      { ...size, orientation: 6 },
    ],
    "an arithmetic-coded JPEG": [
      "image/jpeg",
      () => rareJpegs.arithmetic,
      { width: 16, height: 8, orientation: undefined },
    ],
    "a JPEG with a video behind it": [
      "image/jpeg",
      () => Buffer.concat([jpeg, Buffer.from("\0\0\0\x18ftypmp42".padEnd(9000, "v"))]),
      size,
    ],
    "a JPEG that lacks its end alone": ["image/jpeg", () => jpeg.subarray(0, -2), size],
    "a PNG with EXIF behind a large profile": [
      "image/png",
      () =>
        insertIntoPng(
          png,
          "IDAT",
          pngChunk("iCCP", Buffer.alloc(1_500_000)),
          pngChunk("eXIf", exif({ orientation: 8 })),
        ),
      { ...size, orientation: 8 },
    ],
    "a GIF with a large comment": [
      "image/gif",
      () => insertIntoGif(gif, gifExtension(0xfe, Buffer.alloc(1_500_000, "x"))),
      size,
    ],
    "a WebP with EXIF": [
      "image/webp",
      () => sharp(webp).withMetadata({ orientation: 5 }).webp().toBuffer(),
      { ...size, orientation: 5 },
    ],
  };
  for (const [what, [contentType, make, expected]] of Object.entries(whole)) {
    it(`is stored, and measured: ${what}`, async () => {
      const image = await make();
      assertStored(await raw(image, contentType), { contentType, ...expected });
      const created = await uploadDirectly(stack(), image, { content_type: contentType });
      const { status } = await outcomeOf(stack(), created);
      assert.equal(status, "ready");
      const found = await call(stack(), `/images/${created.uploadId}`);
      assertStored({ ...found, status: 201 }, { contentType, ...expected });
    });
  }

  const broken: Record<string, [string, () => Buffer, RegExp]> = {
    "a JPEG of which half is missing": [
      "image/jpeg",
      () => jpeg.subarray(0, jpeg.length / 2),
      /cut off: it ends after \d+ bytes/,
    ],
    "a JPEG of which some pixels are missing": [
      "image/jpeg",
      () => jpeg.subarray(0, -8),
      /cut off: it ends after \d+ bytes/,
    ],
    "a PNG without pixels": [
      "image/png",
      () =>
        Buffer.concat([
          png.subarray(0, pngChunkStart(png, "IDAT")),
          png.subarray(pngChunkStart(png, "IEND")),
        ]),
      /no pixels/,
    ],
    "a PNG without its end": [
      "image/png",
      () => png.subarray(0, -12),
      /cut off: it ends after \d+ bytes/,
    ],
    "a GIF of its signature": [
      "image/gif",
      () => Buffer.from("GIF89a"),
      /cut off: it ends after 6 bytes/,
    ],
    "a GIF without a frame": ["image/gif", () => insertIntoGif(gif, Buffer.from(";")), /no frame/],
    "a WebP that lacks bytes": ["image/webp", () => webp.subarray(0, -4), /cut off: it ends after/],
    "a JPEG of 12 bits": ["image/jpeg", () => rareJpegs.twelveBits, /12 bits a sample/],
  };
  for (const [what, [contentType, make, sentence]] of Object.entries(broken)) {
    it(`is refused or rejected, and says why: ${what}`, async () => {
      const before = await storedImages(stack());
      const answer = await raw(make(), contentType);
      assertError(answer, 415);
      assert.match(String(answer.body.error), sentence);
      assert.deepEqual(await storedImages(stack()), before);
      const created = await uploadDirectly(stack(), make(), { content_type: contentType });
      const { status, reason } = await outcomeOf(stack(), created);
      assert.equal(status, "rejected");
      assert.match((reason as { message: string }).message, sentence);
      await call(stack(), `/images/${created.uploadId}`, { method: "DELETE" });
    });
  }

  it("of 20 MB becomes an image, of which its segments and its end are read", async () => {
    const segments = Array<Buffer>(40).fill(jpegSegment(0xe2, Buffer.alloc(65_000)));
    const pixels = Buffer.alloc(20_000_000, 0x5a);
    const start = insertIntoJpeg(jpeg.subarray(0, -2), ...segments);
    const image = Buffer.concat([start, pixels, jpeg.subarray(-2)]);
    const created = await createUpload(stack(), { size: image.length, content_type: "image/jpeg" });
    assert.equal((await sendImage(created, image)).status, 204);
    assert.equal((await outcomeOf(stack(), created)).status, "ready");
    await call(stack(), `/images/${created.uploadId}`, { method: "DELETE" });
  });

  it("may call its type by other names", async () => {
    for (const [type, image, contentType] of [
      ["image/jpg", jpeg, "image/jpeg"],
      ["image/pjpeg", jpeg, "image/jpeg"],
      ["image/x-png", png, "image/png"],
      ["image/apng", png, "image/png"],
      ["application/octet-stream", webp, "image/webp"],
    ] as const) {
      assertStored(await raw(image, type), { contentType });
      const imageData = `data:${type};base64,${image.toString("base64")}`;
      const body = { imageData, contentType: type, userId };
      assertStored(await postJson(stack(), "/images", body), { contentType });
    }
  });

  it("may come in a form without a type, and is named after its file", async () => {
    const answer = await form(
      "b",
      ['name="image"; filename="C:\\photos\\häfen.png"', png],
      ['name="userId"', userId],
      ['name="image_name"', ""],
      ['name="tags"', ""],
    );
    assertStored(answer, { contentType: "image/png", imageName: "häfen.png", tags: {} });
  });

  it("is refused under another name, which the answer has", async () => {
    const answer = await form(
      "b",
      ['name="photo"; filename="a.png"', png],
      ['name="userId"', userId],
    );
    assertError(answer, 400, "InvalidRequest");
    assert.equal(answer.body.error, "image is required; the file came as `photo`.");
  });

  it("may be base64 in lines, or in the alphabet of URLs", async () => {
    const lines = jpeg.toString("base64").replace(/.{76}/g, "$&\r\n");
    for (const imageData of [lines, jpeg.toString("base64url")]) {
      const body = { imageData, contentType: "image/jpeg", userId };
      assertStored(await postJson(stack(), "/images", body), { size: jpeg.length });
    }
  });

  it("is refused when its text is not UTF-8, with the byte, and nothing is stored", async () => {
    const before = await storedImages(stack());
    const json = Buffer.from('{"id":"a","userId":"Jos\xe9"}', "latin1");
    for (const path of ["/process", "/images", "/uploads"]) {
      const headers = { "content-type": "application/json" };
      const answer = await call(stack(), path, { method: "POST", headers, body: json });
      assertError(answer, 400, "InvalidRequest");
      assert.equal(answer.body.error, "body must be UTF-8, and is not at byte 23.");
    }
    const fields = await form(
      "b",
      ['name="userId"', Buffer.from([0x61, 0xff])],
      ['name="image"', png],
    );
    assert.match(String(fields.body.error), /^userId must be UTF-8, and is not at byte 1/);
    for (const answer of [
      await raw(png, "image/png", "?userId=%FF%FE"),
      await call(stack(), "/images?userId=%FF%FE"),
      await call(stack(), "/images?tag=a:%C3"),
    ]) {
      assertError(answer, 400, "InvalidRequest");
      assert.match(String(answer.body.error), /must be UTF-8/);
    }
    assert.deepEqual(await storedImages(stack()), before);
  });

  it("keeps text as it was composed", async () => {
    const names = ["e\u0301\u212b", "\u00e9\u00c5", "👩‍👩‍👧", "\u{10ffff}\u200d"];
    for (const name of names) {
      const user = `${name}${randomUUID()}`;
      const query = new URLSearchParams({
        userId: user,
        imageName: name,
        tags: JSON.stringify({ [name]: name }),
      });
      assertStored(await raw(png, "image/png", `?${query.toString()}`), {
        userId: user,
        imageName: name,
        tags: { [name]: name },
      });
      const [listed] = (await listImages(stack(), { userId: user, tag: `${name}:${name}` })).images;
      assert.deepEqual([listed?.imageName, listed?.tags], [name, { [name]: name }]);
    }
  });

  it("is refused as JSON that calls itself something else", async () => {
    const bodies = {
      "/process": { id: "a" },
      "/uploads": { contentType: "image/png", userId, size: 1 },
    };
    for (const [path, body] of Object.entries(bodies)) {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
        const headers = { "content-type": type };
        assertError(await postJson(stack(), path, body, headers), 415, "UnsupportedMediaType");
      }
    }
  });
});
