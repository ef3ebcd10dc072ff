import assert from "node:assert/strict";
import sharp from "sharp";
import {
  exif,
  prefixedExif,
  webpChunk,
  webpFile,
  webpHeader,
  webpPixels,
} from "../../../support/image-files";
import { assertUnreadable, judge } from "./judge";

describe("a WebP", () => {
  const image = () =>
    sharp({ create: { width: 40, height: 20, channels: 3, background: "#c85028" } });
  const size = { contentType: "image/webp", width: 40, height: 20 };
  let lossy: Buffer;
  let lossless: Buffer;
  let animated: Buffer;
  before(async () => {
    lossy = await image().webp().toBuffer();
    lossless = await image().webp({ lossless: true }).toBuffer();
    const frames = [await image().png().toBuffer(), await image().negate().png().toBuffer()];
    animated = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
  });

  const files: Record<string, () => Promise<Buffer>> = {
    "a lossy one": () => Promise.resolve(lossy),
    "a lossless one": () => Promise.resolve(lossless),
    "an animated one": () => Promise.resolve(animated),
    "one with transparency": () => image().ensureAlpha(0.5).webp().toBuffer(),
    "one with a colour profile": () => image().withIccProfile("p3").webp().toBuffer(),
  };
  for (const [what, make] of Object.entries(files)) {
    it(`is measured: ${what}`, async () => {
      const file = await make();
      assert.deepEqual(await judge(file), size);
      assert.equal((await sharp(file).metadata()).width, 40);
    });
  }

  it("is measured with a large profile and transparency before its pixels", async () => {
    const profile = webpChunk("ICCP", Buffer.alloc(3_000_001, 1));
    const alpha = webpChunk("ALPH", Buffer.alloc(801));
    const other = webpChunk("none", Buffer.alloc(7));
    const file = webpFile(webpHeader(40, 20, 0x30), profile, other, alpha, webpPixels(lossy));
    assert.deepEqual(await judge(file), size);
  });

  describe("states its orientation", () => {
    const withExif = (data: Buffer) =>
      webpFile(webpHeader(40, 20, 0x08), webpPixels(lossy), webpChunk("EXIF", data));

    for (let orientation = 1; orientation <= 8; orientation++) {
      it(`as ${orientation}, of an encoder`, async () => {
        const encoded = await image().withMetadata({ orientation }).webp().toBuffer();
        assert.deepEqual(await judge(encoded), { ...size, orientation });
      });
    }
    for (const bigEndian of [false, true]) {
      it(`${bigEndian ? "big" : "little"}-endian, with its prefix and without`, async () => {
        for (const make of [exif, prefixedExif]) {
          const file = withExif(make({ orientation: 6, bigEndian, at: 58 }));
          assert.deepEqual(await judge(file), { ...size, orientation: 6 });
        }
      });
    }
    it("not as 0, as 9, or in what is no EXIF", async () => {
      for (const data of [
        exif({ orientation: 0 }),
        exif({ orientation: 9 }),
        Buffer.from("MM"),
        Buffer.alloc(0),
      ]) {
        assert.deepEqual(await judge(withExif(data)), size);
      }
    });
  });

  it("is refused wherever it is cut off, with the byte", async () => {
    const rotated = await image().withMetadata({ orientation: 6 }).webp().toBuffer();
    for (const file of [lossy, lossless, animated, rotated]) {
      for (let length = 1; length < file.length; length += 1) {
        await assertUnreadable(
          file.subarray(0, length),
          new RegExp(`cut off: it ends after ${length} bytes`),
        );
      }
    }
  });

  const damaged: Record<string, [() => Buffer, RegExp]> = {
    "nothing but a header": [() => webpFile(webpHeader(40, 20)), /no pixels/],
    "no chunk": [() => webpFile(), /cut off/],
    "another first chunk": [() => webpFile(webpChunk("ICCP", Buffer.alloc(10))), /first chunk/],
    "a chunk beyond its end": [
      () => {
        const file = Buffer.concat([lossy, Buffer.alloc(100)]);
        file.writeUInt32LE(file.readUInt32LE(16) + 50, 16);
        return file;
      },
      /damaged or cut off/,
    ],
    "another length of the file": [
      () => {
        const file = Buffer.from(lossy);
        file.writeUInt32LE(20, 4);
        return file;
      },
      /damaged or cut off/,
    ],
    "two sizes": [
      () => webpFile(webpHeader(1, 1), webpPixels(lossy)),
      /two sizes: 1 × 1, and 40 × 20/,
    ],
    "pixels of another format": [
      () => webpFile(webpChunk("VP8 ", Buffer.alloc(50))),
      /do not begin/,
    ],
    "lossless pixels of another format": [
      () => webpFile(webpChunk("VP8L", Buffer.alloc(50))),
      /do not begin/,
    ],
    "an empty frame": [
      () => {
        const frame = Buffer.alloc(24);
        frame.writeUIntLE(39, 6, 3);
        frame.writeUIntLE(19, 9, 3);
        frame.write("ALPH", 16);
        return webpFile(webpHeader(40, 20, 2), webpChunk("ANMF", frame));
      },
      /frame without pixels/,
    ],
    "a frame beyond its size": [
      () => webpFile(webpHeader(40, 20, 2), webpChunk("ANMF", Buffer.alloc(24, 1))),
      /frame beyond its size/,
    ],
  };
  for (const [what, [make, sentence]] of Object.entries(damaged)) {
    it(`is refused with ${what}, as decoders do`, async () => {
      await assertUnreadable(make(), sentence);
      await assert.rejects(sharp(make(), { pages: -1 }).raw().toBuffer());
    });
  }

  it("is refused without a size", async () => {
    const file = Buffer.from(lossy);
    file.writeUInt16LE(0, 26);
    await assertUnreadable(file, /no pixels: its size is 0 × 20/);
  });

  it("is taken with anything behind its end, which may be odd", async () => {
    for (const file of [lossy, lossless, animated]) {
      for (const behind of [Buffer.alloc(1), Buffer.from("junk"), file]) {
        assert.deepEqual(await judge(Buffer.concat([file, behind])), size);
      }
    }
  });
});
