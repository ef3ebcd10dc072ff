import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { bytesInMemory } from "../../../../handlers/images/file/bytes";
import { inspect } from "../../../../handlers/images/file/inspect";
import { gifExtension, insertIntoGif } from "../../../support/image-files";
import { assertUnreadable, elsewhere, judge } from "./judge";

describe("a GIF", () => {
  const image = () =>
    sharp({ create: { width: 40, height: 20, channels: 3, background: "#c85028" } });
  const size = { contentType: "image/gif", width: 40, height: 20 };
  let gif: Buffer;
  before(async () => {
    gif = await image().gif().toBuffer();
  });

  /** Frames of noise, each of another. */
  async function animation(frames: number, width = 40, height = 20): Promise<Buffer> {
    const raw = { width, height, channels: 3 } as const;
    const files = await Promise.all(
      Array.from({ length: frames }, () =>
        sharp(randomBytes(width * height * 3), { raw })
          .png()
          .toBuffer(),
      ),
    );
    return await sharp(files, { join: { animated: true } })
      .gif()
      .toBuffer();
  }

  it("is measured, animated or not, of either version", async () => {
    const old = Buffer.from(gif);
    old.write("GIF87a", "latin1");
    for (const file of [gif, old, await animation(3)]) {
      assert.deepEqual(await judge(file), size);
    }
  });

  const extensions: Record<string, () => Buffer> = {
    "a comment of 2 MB": () => gifExtension(0xfe, Buffer.alloc(2_000_000, "x")),
    "an application's data": () => gifExtension(0xff, Buffer.from("XMP DataXMP".padEnd(5000, "x"))),
    "a comment of what blocks begin with": () => gifExtension(0xfe, Buffer.from(",;!,;!")),
    "an empty comment": () => gifExtension(0xfe, Buffer.alloc(0)),
  };
  for (const [what, make] of Object.entries(extensions)) {
    it(`is measured with ${what} before its frame`, async () => {
      assert.deepEqual(await judge(insertIntoGif(gif, make())), size);
    });
  }

  it("is refused wherever it is cut off, with the byte", async () => {
    for (const file of [gif, await animation(2)]) {
      for (let length = 1; length < file.length; length += 1 + (length >> 5)) {
        await assertUnreadable(
          file.subarray(0, length),
          new RegExp(`cut off: it ends after ${length} bytes`),
        );
      }
      await assertUnreadable(file.subarray(0, -1), /before its trailer/);
    }
  });

  it("is refused without a frame, or with one that is empty", async () => {
    const none = insertIntoGif(gif, Buffer.from(";"));
    await assertUnreadable(none, /no pixels: there is no frame/);
    const empty = Buffer.from([0x2c, 0, 0, 0, 0, 40, 0, 20, 0, 0, 8, 0, 0x3b]);
    await assertUnreadable(insertIntoGif(gif, empty), /frame without pixels/);
  });

  const screens: Record<string, [width: number, height: number]> = {
    "without a width": [0, 20],
    "without a height": [40, 0],
    "without a size": [0, 0],
    "of one pixel": [1, 1],
    "that is less wide": [39, 20],
    "that is less high": [40, 19],
  };
  for (const [what, [width, height]] of Object.entries(screens)) {
    it(`has the size that its frames need, on a screen ${what}`, async () => {
      for (const file of [Buffer.from(gif), await animation(2)]) {
        file.writeUInt16LE(width, 6);
        file.writeUInt16LE(height, 8);
        assert.deepEqual(await judge(file), size);
        const decoded = await sharp(file).metadata();
        assert.deepEqual([decoded.width, decoded.height], [size.width, size.height]);
      }
    });
  }

  it("has the size of its screen where its frames are smaller", async () => {
    const file = Buffer.from(gif);
    file.writeUInt16LE(50, 6);
    assert.deepEqual(await judge(file), { ...size, width: 50 });
  });

  it("has the size that a later frame needs, which lies beside the first", async () => {
    const frame = Buffer.from([0x2c, 30, 0, 10, 0, 20, 0, 20, 0, 0, 8, 1, 0, 0]);
    const file = Buffer.concat([gif.subarray(0, -1), frame, gif.subarray(-1)]);
    assert.deepEqual(await judge(file), { ...size, width: 50, height: 30 });
  });

  it("is refused for the pixels that its screen and its frames need together", async () => {
    const file = Buffer.from(gif);
    file.writeUInt16LE(65_535, 6);
    file.writeUInt16LE(1, 8);
    const wide = { ...size, width: 65_535 };
    assert.deepEqual(await inspect(bytesInMemory(file), undefined, 65_535 * 20), wide);
    await assert.rejects(inspect(bytesInMemory(file), undefined, 65_535 * 20 - 1), {
      code: "TooManyPixels",
    });
  });

  it("is refused for a frame without a size", async () => {
    const frame = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 20, 0, 0, 8, 1, 0, 0]);
    await assertUnreadable(insertIntoGif(gif, frame), /no pixels: its size is 0 × 20/);
  });

  it("is refused when what follows upon its header is no block", async () => {
    await assertUnreadable(insertIntoGif(gif, Buffer.from("x")), /no block at byte/);
  });

  it("is refused for the pixels of a frame beyond its screen", async () => {
    const frame = Buffer.from([0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 8, 1, 0, 0]);
    const judgement = await judge(insertIntoGif(gif, frame));
    assert.ok("code" in judgement && judgement.code === "TooManyPixels");
  });

  it("is taken with anything behind its end", async () => {
    for (const behind of [Buffer.alloc(100), Buffer.from("junk"), gif]) {
      assert.deepEqual(await judge(Buffer.concat([gif, behind])), size);
    }
  });

  it("of many megabytes is fetched in part: its first frame and its end", async () => {
    const first = await animation(2);
    const comment = gifExtension(0xfe, Buffer.alloc(20_000_000, "x"));
    const file = Buffer.concat([first.subarray(0, -1), comment, first.subarray(-1)]);
    const { file: reader, requests } = elsewhere(file);
    assert.deepEqual(await inspect(reader, "image/gif", 1000), size);
    assert.ok(requests.reduce((sum, bytes) => sum + bytes, 0) < 1024 * 1024, requests.join());
    await assertUnreadable(file.subarray(0, -9), /cut off: it ends after/);
  });
});
