import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { inspect } from "../../../../handlers/images/file/inspect";
import {
  exif,
  insertIntoPng,
  pngChunk,
  pngChunkStart,
  prefixedExif,
} from "../../../support/image-files";
import { makeLargePng } from "../../../support/images";
import { assertUnreadable, elsewhere, judge } from "./judge";

describe("a PNG", () => {
  const image = () =>
    sharp({ create: { width: 40, height: 20, channels: 3, background: "#c85028" } });
  const size = { contentType: "image/png", width: 40, height: 20 };
  let png: Buffer;
  before(async () => {
    png = await image().png().toBuffer();
  });

  const files: Record<string, () => Promise<Buffer>> = {
    "an ordinary one": () => Promise.resolve(png),
    "an interlaced one": () => image().png({ progressive: true }).toBuffer(),
    "one with a palette": () => image().png({ palette: true }).toBuffer(),
    "one in shades of grey": () => image().greyscale().toColourspace("b-w").png().toBuffer(),
    "one with transparency": () => image().ensureAlpha(0.5).png().toBuffer(),
    "one of 16 bits": () => image().toColourspace("rgb16").png().toBuffer(),
    "an animated one": () =>
      Promise.resolve(
        insertIntoPng(png, "IDAT", pngChunk("acTL", Buffer.from("0000000100000000", "hex"))),
      ),
  };
  for (const [what, make] of Object.entries(files)) {
    it(`is measured: ${what}`, async () => {
      assert.deepEqual(await judge(await make()), size);
    });
  }

  const compressed = deflateSync(Buffer.alloc(100));
  const large: Record<string, () => Buffer> = {
    "a colour profile of 2 MB": () => pngChunk("iCCP", Buffer.alloc(2_000_000, 1)),
    "text of 3 MB": () => pngChunk("iTXt", Buffer.alloc(3_000_000, "x")),
    "compressed text": () =>
      pngChunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), compressed])),
    "a chunk of nobody's": () => pngChunk("teSt", Buffer.alloc(1_500_000)),
    "10,000 chunks of text": () =>
      Buffer.concat(Array<Buffer>(10_000).fill(pngChunk("tEXt", Buffer.from("a\0b")))),
    "a chunk whose text is that of others": () =>
      pngChunk("tEXt", Buffer.from("Comment\0IDAT IEND eXIf IHDR")),
  };
  for (const [what, make] of Object.entries(large)) {
    it(`is measured with ${what} before its pixels, and behind them`, async () => {
      assert.deepEqual(await judge(insertIntoPng(png, "IDAT", make())), size);
      assert.deepEqual(await judge(insertIntoPng(png, "IEND", make())), size);
    });
  }

  describe("states its orientation", () => {
    const rotated = { ...size, orientation: 6 };

    for (let orientation = 1; orientation <= 8; orientation++) {
      it(`as ${orientation}, of an encoder`, async () => {
        const encoded = await image().withMetadata({ orientation }).png().toBuffer();
        assert.deepEqual(await judge(encoded), { ...size, orientation });
      });
    }
    for (const bigEndian of [false, true]) {
      for (const at of [8, 58]) {
        it(`${bigEndian ? "big" : "little"}-endian, in a directory at ${at}`, async () => {
          const chunk = pngChunk("eXIf", exif({ orientation: 6, bigEndian, at }));
          assert.deepEqual(await judge(insertIntoPng(png, "IDAT", chunk)), rotated);
        });
      }
    }
    it("behind its pixels, and with the prefix that it has in a JPEG", async () => {
      const chunk = pngChunk("eXIf", prefixedExif({ orientation: 6 }));
      assert.deepEqual(await judge(insertIntoPng(png, "IEND", chunk)), rotated);
    });
    it("not as 0, as 9, or in what is no EXIF", async () => {
      for (const data of [
        exif({ orientation: 0 }),
        exif({ orientation: 9 }),
        Buffer.from("II"),
        Buffer.alloc(0),
      ]) {
        const file = insertIntoPng(png, "IDAT", pngChunk("eXIf", data));
        assert.deepEqual(await judge(file), size);
      }
    });
  });

  describe("that is not whole", () => {
    it("is refused for a wrong checksum of its header or its palette, with the byte", async () => {
      const wrong = (file: Buffer, type: string, bytes: number) => {
        const copy = Buffer.from(file);
        const at = copy.indexOf(type, 0, "latin1") + 4 + bytes;
        copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
        return copy;
      };
      await assertUnreadable(
        wrong(png, "IHDR", 13),
        /checksum of its chunk IHDR, at byte 8, is wrong/,
      );
      // A size that came about on the way is no more to be trusted.
      await assertUnreadable(wrong(png, "IHDR", 3), /checksum of its chunk IHDR/);
      const coloured = await image().png({ palette: true }).toBuffer();
      const at = coloured.indexOf("PLTE") - 4;
      await assertUnreadable(
        wrong(coloured, "PLTE", 0),
        new RegExp(`checksum of its chunk PLTE, at byte ${at}, is wrong`),
      );
    });

    it("is refused wherever it is cut off, with the byte", async () => {
      for (let length = 1; length < png.length; length++) {
        await assertUnreadable(
          png.subarray(0, length),
          new RegExp(`cut off: it ends after ${length} bytes`),
        );
      }
    });
    it("is refused without pixels, or with none in them", async () => {
      const [start, end] = [pngChunkStart(png, "IDAT"), pngChunkStart(png, "IEND")];
      const without = Buffer.concat([png.subarray(0, start), png.subarray(end)]);
      await assertUnreadable(without, /no pixels.*IDAT/);
      await assertUnreadable(
        insertIntoPng(without, "IEND", pngChunk("IDAT", Buffer.alloc(0))),
        /no pixels.*IDAT/,
      );
    });
    it("is refused with a chunk that claims another length", async () => {
      const start = pngChunkStart(png, "IDAT");
      const length = png.readUInt32BE(start);
      for (const [claimed, sentence] of [
        [length + 1, /cut off|no chunk at byte/],
        [length - 1, /no chunk at byte/],
        [0x7fffffff, /cut off/],
        [0xffffffff, /no chunk at byte/],
        [0, /no chunk at byte/],
      ] as const) {
        const file = Buffer.from(png);
        file.writeUInt32BE(claimed, start);
        await assertUnreadable(file, sentence);
      }
    });
    it("is refused without a size, wherever it is zero", async () => {
      for (const at of [16, 20]) {
        const file = Buffer.from(png);
        file.writeUInt32BE(0, at);
        await assertUnreadable(file, /no pixels: its size is/);
      }
    });
    it("is refused when it does not begin with its header", async () => {
      const text = pngChunk("tEXt", Buffer.from("a\0b"));
      await assertUnreadable(insertIntoPng(png, "IHDR", text), /first chunk/);
    });
    it("is refused for bits and colours that there are not", async () => {
      for (const [at, value] of [
        [24, 3],
        [25, 5],
        [26, 1],
        [27, 1],
        [28, 2],
      ] as const) {
        const file = Buffer.from(png);
        file[at] = value;
        await assertUnreadable(file, /coding that PNG does not have/);
      }
    });
    it("is taken with anything behind its end", async () => {
      for (const behind of [
        Buffer.from("\n"),
        Buffer.alloc(70_000),
        png,
        Buffer.from("PK\x03\x04"),
      ]) {
        assert.deepEqual(await judge(Buffer.concat([png, behind])), size);
      }
    });
  });

  it("of Apple's own kind is refused by its name", async () => {
    const file = insertIntoPng(png, "IHDR", pngChunk("CgBI", Buffer.from([0x50, 0, 0x20, 2])));
    const judgement = await judge(file);
    assert.ok("code" in judgement);
    assert.equal(judgement.code, "UnsupportedCoding");
    assert.match(judgement.message, /CgBI/);
  });

  describe("of many megabytes", () => {
    /** Noise in chunks of 8 kB, as most encoders write it. */
    let file: Buffer;
    before(async () => {
      const noise = await makeLargePng(10 * 1024 * 1024);
      const start = pngChunkStart(noise, "IDAT");
      const pixels = noise.subarray(start + 8, start + 8 + noise.readUInt32BE(start));
      const chunks = Array.from({ length: Math.ceil(pixels.length / 8192) }, (_, n) =>
        pngChunk("IDAT", pixels.subarray(n * 8192, (n + 1) * 8192)),
      );
      file = Buffer.concat([
        noise.subarray(0, start),
        ...chunks,
        pngChunk("IEND", Buffer.alloc(0)),
      ]);
    });

    it("is fetched in part: its beginning and its end", async () => {
      const { file: reader, requests } = elsewhere(file);
      const found = await inspect(reader, "image/png", 100_000_000);
      assert.equal(found.width, 512);
      assert.equal((await sharp(file).metadata()).height, found.height);
      assert.ok(requests.reduce((sum, bytes) => sum + bytes, 0) < 1024 * 1024, requests.join());
    });
    it("states its orientation behind its pixels, too", async () => {
      const chunk = pngChunk("eXIf", exif({ orientation: 3 }));
      const at = file.length - 12;
      const rotated = Buffer.concat([file.subarray(0, at), chunk, file.subarray(at)]);
      assert.equal(
        (await inspect(elsewhere(rotated).file, "image/png", 100_000_000)).orientation,
        3,
      );
    });
    it("is fetched piece by piece if it does not end with its end", async () => {
      const { file: reader, requests } = elsewhere(Buffer.concat([file, Buffer.from("more")]));
      assert.equal((await inspect(reader, "image/png", 100_000_000)).width, 512);
      assert.ok(Math.max(...requests) <= 4 * 1024 * 1024);
      const cut = file.subarray(0, -100);
      await assert.rejects(
        inspect(elsewhere(cut).file, "image/png", 100_000_000),
        new RegExp(`cut off: it ends after ${cut.length} bytes`),
      );
    });
  });
});
