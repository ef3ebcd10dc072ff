import assert from "node:assert/strict";
import sharp from "sharp";
import { inspect } from "../../../../handlers/images/file/inspect";
import {
  exif,
  insertIntoJpeg,
  jpegSegment,
  prefixedExif,
  rareJpegs,
} from "../../../support/image-files";
import { assertUnreadable, elsewhere, judge } from "./judge";

describe("a JPEG", () => {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const image = () =>
    sharp({ create: { width: 40, height: 20, channels: 3, background: "#c85028", noise } });
  const size = { contentType: "image/jpeg", width: 40, height: 20 };
  let jpeg: Buffer;
  before(async () => {
    jpeg = await image().jpeg().toBuffer();
  });

  const files: Record<string, () => Promise<Buffer>> = {
    "a baseline one": () => Promise.resolve(jpeg),
    "a progressive one": () => image().jpeg({ progressive: true }).toBuffer(),
    "one with optimised tables": () => image().jpeg({ mozjpeg: true }).toBuffer(),
    "one in CMYK": () => image().toColourspace("cmyk").jpeg().toBuffer(),
    "one with a colour profile": () => image().withIccProfile("p3").jpeg().toBuffer(),
    "one without subsampling": () => image().jpeg({ chromaSubsampling: "4:4:4" }).toBuffer(),
  };
  for (const [what, make] of Object.entries(files)) {
    it(`is measured: ${what}`, async () => {
      assert.deepEqual(await judge(await make()), size);
    });
  }

  describe("with much in front of its frame", () => {
    const segments: Record<string, () => Buffer[]> = {
      "17 segments APP11, as of gain maps": () =>
        Array<Buffer>(17).fill(jpegSegment(0xeb, Buffer.alloc(65_000, "JP"))),
      "32 segments APP2, as of large colour profiles": () =>
        Array.from({ length: 32 }, (_, n) =>
          jpegSegment(
            0xe2,
            Buffer.concat([
              Buffer.from(`ICC_PROFILE\0${String.fromCharCode(n + 1)} `),
              Buffer.alloc(65_000),
            ]),
          ),
        ),
      "40 segments of extended XMP": () =>
        Array<Buffer>(40).fill(
          jpegSegment(
            0xe1,
            Buffer.from("http://ns.adobe.com/xmp/extension/\0".padEnd(65_000, "x")),
          ),
        ),
      "a comment of FF": () => [jpegSegment(0xfe, Buffer.alloc(60_000, 0xff))],
      "a segment in which another JPEG lies": () => [jpegSegment(0xe2, jpeg)],
      "5,000 small segments": () => Array<Buffer>(5_000).fill(jpegSegment(0xed, Buffer.from("x"))),
      "filling before a marker": () => [Buffer.alloc(70_000, 0xff)],
      "markers without a segment": () => [Buffer.from([0xff, 0x01, 0xff, 0xd3])],
    };
    for (const [what, make] of Object.entries(segments)) {
      it(`is measured: ${what}`, async () => {
        assert.deepEqual(await judge(insertIntoJpeg(jpeg, ...make())), size);
      });
    }

    for (const [what, stray] of Object.entries({
      "stray bytes": [1, 2, 3, 4, 5],
      "a stuffed FF among stray bytes": [0x12, 0xff, 0x00, 0x34],
    })) {
      it(`is measured after ${what}, at the next marker`, async () => {
        const bytes = Buffer.from(stray);
        assert.deepEqual(await judge(insertIntoJpeg(jpeg, bytes)), size);
        const comment = jpegSegment(0xfe, Buffer.from("comment"));
        const behind = insertIntoJpeg(jpeg, comment, bytes);
        assert.deepEqual(await judge(behind), size);
        assert.equal((await sharp(behind, { failOn: "error" }).raw().toBuffer()).length, 2400);
      });
    }
  });

  describe("states its orientation", () => {
    const rotated = { ...size, orientation: 6 };
    const xmp = jpegSegment(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0<x/>"));
    const inApp1 = (data: Buffer) => insertIntoJpeg(jpeg, jpegSegment(0xe1, data));

    for (let orientation = 1; orientation <= 8; orientation++) {
      it(`as ${orientation}, of an encoder`, async () => {
        const encoded = await image().withMetadata({ orientation }).jpeg().toBuffer();
        assert.deepEqual(await judge(encoded), { ...size, orientation });
      });
    }
    for (const bigEndian of [false, true]) {
      const order = bigEndian ? "big" : "little";
      for (const at of [8, 9, 58, 65_000]) {
        it(`in a directory at ${at}, ${order}-endian`, async () => {
          const parts = { orientation: 6, bigEndian, at };
          assert.deepEqual(await judge(inApp1(prefixedExif(parts))), rotated);
        });
      }
      for (const type of [1, 3, 4, 6, 8, 9]) {
        it(`in a number of type ${type}, ${order}-endian`, async () => {
          const encoded = inApp1(prefixedExif({ orientation: 6, bigEndian, type }));
          assert.deepEqual(await judge(encoded), rotated);
          assert.equal((await sharp(encoded).metadata()).orientation, 6);
        });
      }
    }
    it("after XMP, and after EXIF that states none", async () => {
      const none = jpegSegment(0xe1, prefixedExif({ orientation: 9 }));
      const some = jpegSegment(0xe1, prefixedExif({ orientation: 6 }));
      assert.deepEqual(await judge(insertIntoJpeg(jpeg, xmp, none, xmp, some)), rotated);
    });
    it("behind its frame", async () => {
      const at = jpeg.indexOf(Buffer.from([0xff, 0xda]));
      const some = jpegSegment(0xe1, prefixedExif({ orientation: 6 }));
      const behind = Buffer.concat([jpeg.subarray(0, at), some, jpeg.subarray(at)]);
      assert.deepEqual(await judge(behind), rotated);
    });

    const broken: Record<string, Buffer> = {
      "of 0": prefixedExif({ orientation: 0 }),
      "of 9": prefixedExif({ orientation: 9 }),
      "of text": prefixedExif({ orientation: 0x36, type: 2 }),
      "of no values": prefixedExif({ orientation: 6, count: 0 }),
      "in another file's bytes": prefixedExif({ orientation: 6 }).subarray(0, 16),
      "in a directory beyond its end": prefixedExif({ orientation: 6, at: 300 }).subarray(0, 200),
      "in a TIFF of another kind": Buffer.from(prefixedExif({ orientation: 6 })).fill(43, 8, 9),
      "in no order of bytes": Buffer.from(prefixedExif({ orientation: 6 }))
        .fill("I", 6, 7)
        .fill("M", 7, 8),
      "without the prefix": exif({ orientation: 6 }),
      "in an empty segment": Buffer.from("Exif\0\0"),
    };
    for (const [what, data] of Object.entries(broken)) {
      it(`not ${what}, and is measured nevertheless`, async () => {
        assert.deepEqual(await judge(inApp1(data)), size);
      });
    }
    it("in a directory that leads to itself, and claims entries that are not there", async () => {
      const data = prefixedExif({ orientation: 6, entries: 65_535, next: 8 });
      assert.deepEqual(await judge(inApp1(data)), rotated);
    });
  });

  describe("of a rare coding", () => {
    const small = { contentType: "image/jpeg", width: 16, height: 8 };
    for (const coding of ["arithmetic", "progressiveArithmetic", "lossless"] as const) {
      it(`is measured, as decoders know it: ${coding}`, async () => {
        const file = rareJpegs[coding];
        assert.deepEqual(await judge(file), small);
        const { info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
        assert.deepEqual([info.width, info.height], [16, 8]);
      });
    }

    /** Names another kind of frame. */
    function withFrame(code: number): Buffer {
      const other = Buffer.from(jpeg);
      other[other.indexOf(Buffer.from([0xff, 0xc0])) + 1] = code;
      return other;
    }
    it("is measured, be it an extended one (SOF1)", async () => {
      assert.deepEqual(await judge(withFrame(0xc1)), size);
    });

    const named: Record<number, RegExp> = {
      5: /hierarchical JPEG \(SOF5\)/,
      6: /hierarchical JPEG \(SOF6\)/,
      7: /hierarchical JPEG \(SOF7\)/,
      11: /lossless and arithmetic-coded JPEG \(SOF11\)/,
      13: /hierarchical JPEG \(SOF13\)/,
      15: /hierarchical JPEG \(SOF15\)/,
    };
    const unsupported: Record<string, [() => Buffer, RegExp]> = {
      ...Object.fromEntries(
        Object.entries(named).map(([number, sentence]) => [
          `SOF${number}`,
          [() => withFrame(0xc0 + Number(number)), sentence],
        ]),
      ),
      "12 bits": [() => rareJpegs.twelveBits, /12 bits a sample/],
      "a hierarchy": [() => insertIntoJpeg(jpeg, jpegSegment(0xde, Buffer.alloc(15))), /\(DHP\)/],
      "a height behind its pixels": [
        () => {
          const file = Buffer.from(jpeg);
          file.writeUInt16BE(0, file.indexOf(Buffer.from([0xff, 0xc0])) + 5);
          return file;
        },
        /height behind its pixels.*\(DNL\)/,
      ],
    };
    for (const [what, [make, sentence]] of Object.entries(unsupported)) {
      it(`is refused by its name, as decoders do not know it: ${what}`, async () => {
        const judgement = await judge(make());
        assert.ok("code" in judgement, JSON.stringify(judgement));
        assert.deepEqual([judgement.statusCode, judgement.code], [415, "UnsupportedCoding"]);
        assert.match(judgement.message, sentence);
        await assert.rejects(sharp(make(), { failOn: "none" }).raw().toBuffer());
      });
    }
    for (const [number, coding] of [
      [2, "progressive"],
      [3, "lossless"],
      [10, "progressive"],
    ] as const) {
      it(`is refused if it only calls itself SOF${number}`, async () => {
        await assertUnreadable(
          withFrame(0xc0 + number),
          new RegExp(`${coding} JPEG \\(SOF${number}\\)`),
        );
        await assert.rejects(
          sharp(withFrame(0xc0 + number))
            .raw()
            .toBuffer(),
        );
      });
    }
  });

  describe("that is not whole", () => {
    it("is refused wherever it is cut off, with the byte", async () => {
      const files = [jpeg, await image().jpeg({ progressive: true }).toBuffer()];
      for (const file of files) {
        for (let length = 1; length < file.length - 4; length += 3) {
          await assertUnreadable(
            file.subarray(0, length),
            new RegExp(`cut off: it ends after ${length} bytes`),
          );
        }
      }
    });
    const complete: Record<string, () => Promise<Buffer>> = {
      "with subsampling": () => Promise.resolve(jpeg),
      "without subsampling": () => image().jpeg({ chromaSubsampling: "4:4:4" }).toBuffer(),
      "with optimised tables": () => image().jpeg({ optimiseCoding: true }).toBuffer(),
      "in shades of grey": () => image().greyscale().toColourspace("b-w").jpeg().toBuffer(),
      "with restarts": () => Promise.resolve(rareJpegs.restarting),
    };
    for (const [what, make] of Object.entries(complete)) {
      it(`is taken without its end alone, as decoders do without it: ${what}`, async () => {
        const file = await make();
        const found = await judge(file);
        const pixels = file.length - 2;
        const noEnd = file.subarray(0, pixels);
        assert.ok("width" in found);
        assert.deepEqual(await judge(noEnd), found);
        assert.deepEqual(await judge(Buffer.concat([noEnd, jpeg])), found);
        await sharp(noEnd, { failOn: "none" }).raw().toBuffer();
        for (const length of [pixels - 2, pixels - 3, pixels - 10]) {
          await assertUnreadable(file.subarray(0, length), /cut off/);
        }
      });
    }
    it("is taken with anything behind its end", async () => {
      const video = Buffer.from("\0\0\0\x18ftypmp42".padEnd(5000, "\xff\xd8\xff\xda"), "latin1");
      for (const behind of [
        video,
        Buffer.alloc(70_000),
        jpeg,
        Buffer.from("\r\n"),
        Buffer.from([0xff]),
      ]) {
        assert.deepEqual(await judge(Buffer.concat([jpeg, behind])), size);
      }
    });
    it("is refused without pixels", async () => {
      const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
      const end = Buffer.from([0xff, 0xd9]);
      const noScan = Buffer.concat([jpeg.subarray(0, scan), end]);
      await assertUnreadable(noScan, /no pixels/);
      const header = scan + 2 + jpeg.readUInt16BE(scan + 2);
      await assertUnreadable(Buffer.concat([jpeg.subarray(0, header), end]), /no pixels/);
    });
    it("is refused without a frame", async () => {
      const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
      const end = frame + 2 + jpeg.readUInt16BE(frame + 2);
      const without = Buffer.concat([jpeg.subarray(0, frame), jpeg.subarray(end)]);
      await assertUnreadable(without, /does not state its size/);
    });
    it("is refused with a second beginning or frame, which decoders refuse", async () => {
      await assertUnreadable(insertIntoJpeg(jpeg, Buffer.from([0xff, 0xd8])), /another one begins/);
      const frame = jpegSegment(0xc0, Buffer.from("080fa00fa003012200021101031101", "hex"));
      const judgement = await judge(insertIntoJpeg(jpeg, frame), 1_000_000_000);
      assert.match(JSON.stringify(judgement), /a second frame/);
    });
    it("is refused with a segment of no length", async () => {
      await assertUnreadable(
        insertIntoJpeg(jpeg, Buffer.from([0xff, 0xe5, 0, 1])),
        /has no length/,
      );
    });
    for (const [what, at] of Object.entries({ width: 7, height: 5 })) {
      it(`is refused without ${what}`, async () => {
        const file = Buffer.from(jpeg);
        file.writeUInt16BE(0, file.indexOf(Buffer.from([0xff, 0xc0])) + at);
        assert.equal("code" in (await judge(file)), true);
      });
    }
  });

  it("is not measured by a second frame behind its pixels", async () => {
    const file = Buffer.from(jpeg);
    const at = file.indexOf(Buffer.from([0xff, 0xc0])) + 5;
    file.writeUInt16BE(6000, at);
    file.writeUInt16BE(6000, at + 2);
    const frame = jpegSegment(0xc0, Buffer.from("08001e002803012200021101031101", "hex"));
    const hidden = Buffer.concat([file.subarray(0, -2), frame, file.subarray(-2)]);
    assert.match(JSON.stringify(await judge(hidden)), /TooManyPixels/);
  });

  describe("of many megabytes", () => {
    it("is fetched in part: its segments and its end", async () => {
      const pixels = Buffer.alloc(48 * 1024 * 1024, 0x5a);
      const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
      const segments = Array<Buffer>(40).fill(jpegSegment(0xeb, Buffer.alloc(65_000)));
      const file = Buffer.concat([
        jpeg.subarray(0, 2),
        ...segments,
        jpeg.subarray(2, scan + 14),
        pixels,
        jpeg.subarray(-2),
      ]);
      const { file: reader, requests } = elsewhere(file);
      assert.deepEqual(await inspect(reader, "image/jpeg", 1000), size);
      const fetched = requests.reduce((sum, bytes) => sum + bytes, 0);
      assert.ok(fetched < 12 * 1024 * 1024 && requests.length < 10, JSON.stringify(requests));
    });

    it("is fetched piece by piece if it does not end with its end", async () => {
      const pixels = Buffer.alloc(48 * 1024 * 1024, 0x5a);
      const scan = jpeg.indexOf(Buffer.from([0xff, 0xda])) + 14;
      const cut = Buffer.concat([jpeg.subarray(0, scan), pixels]);
      const whole = Buffer.concat([cut, jpeg.subarray(-2), Buffer.from("video")]);
      const { file, requests } = elsewhere(whole);
      assert.deepEqual(await inspect(file, "image/jpeg", 1000), size);
      assert.ok(Math.max(...requests) <= 4 * 1024 * 1024);
      await assertUnreadable(cut, new RegExp(`ends after ${cut.length} bytes`));
    });
  });
});
