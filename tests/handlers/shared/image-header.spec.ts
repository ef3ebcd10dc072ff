import assert from "node:assert/strict";
import fc from "fast-check";
import sharp from "sharp";
import { ApiError } from "../../../handlers/shared/errors";
import { headerBytes, readHeader } from "../../../handlers/shared/image-header";
import { essentialSegments } from "../../../handlers/shared/jpeg-header";

describe("readHeader", () => {
  const image = () =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: "#c85028" } });
  const maxPixels = 1_000_000;

  function refusal(bytes: Uint8Array, pixels = maxPixels): ApiError {
    try {
      assert.fail(JSON.stringify(readHeader(bytes, pixels)));
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
      return error;
    }
  }

  const files: Record<string, () => Promise<Buffer>> = {
    "a JPEG": () => image().jpeg().toBuffer(),
    "a progressive JPEG": () => image().jpeg({ progressive: true }).toBuffer(),
    "a CMYK JPEG": () => image().toColourspace("cmyk").jpeg().toBuffer(),
    "a PNG": () => image().png().toBuffer(),
    "an interlaced PNG": () => image().png({ progressive: true }).toBuffer(),
    "a GIF": () => image().gif().toBuffer(),
    "a lossy WebP": () => image().webp().toBuffer(),
    "a lossless WebP": () => image().webp({ lossless: true }).toBuffer(),
    "a WebP with alpha and EXIF": () =>
      image()
        .ensureAlpha(0.5)
        .withExif({ IFD0: { Copyright: "c" } })
        .webp()
        .toBuffer(),
    "an animated WebP": async () =>
      sharp([await image().png().toBuffer(), await image().negate().png().toBuffer()], {
        join: { animated: true },
      })
        .webp()
        .toBuffer(),
  };
  for (const [what, make] of Object.entries(files)) {
    it(`reads the size of ${what}`, async () => {
      assert.deepEqual(readHeader(await make(), maxPixels), { width: 40, height: 30 });
    });
  }

  for (let orientation = 1; orientation <= 8; orientation++) {
    it(`reads the orientation ${orientation}, and the size before it is applied`, async () => {
      const jpeg = await image().withMetadata({ orientation }).jpeg().toBuffer();
      assert.deepEqual(readHeader(jpeg, maxPixels), { width: 40, height: 30, orientation });
    });
  }

  it("reads nothing else of EXIF", async () => {
    const exif = {
      IFD0: { Make: "camera", Artist: "someone" },
      IFD3: { GPSLatitude: "51/1 30/1 0/1", GPSLatitudeRef: "N" },
    };
    const jpeg = await image().withMetadata({ exif, orientation: 6 }).jpeg().toBuffer();
    assert.ok(jpeg.includes("someone"));
    assert.deepEqual(readHeader(jpeg, maxPixels), { width: 40, height: 30, orientation: 6 });
  });

  it("passes over an orientation that there is not", async () => {
    const jpeg = await image().withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const at = jpeg.indexOf(Buffer.from([0x12, 0x01, 0x03, 0x00]));
    jpeg[at + 8] = 9;
    assert.deepEqual(readHeader(jpeg, maxPixels), { width: 40, height: 30 });
  });

  /** Puts `inserted` before the first segment of a JPEG. */
  function insert(jpeg: Buffer, ...inserted: Buffer[]): Buffer {
    return Buffer.concat([jpeg.subarray(0, 2), ...inserted, jpeg.subarray(2)]);
  }

  /** A segment of the largest size, as those that a colour profile is split into. */
  const largeSegment = Buffer.concat([
    Buffer.from([0xff, 0xe2, 0xff, 0xff]),
    Buffer.alloc(65_533, 1),
  ]);

  it("reads past large segments before the size of a JPEG", async () => {
    const jpeg = insert(await image().jpeg().toBuffer(), ...Array<Buffer>(5).fill(largeSegment));
    assert.deepEqual(readHeader(jpeg, maxPixels), { width: 40, height: 30 });
  });

  it("looks for the size in the beginning only", async () => {
    const jpeg = insert(await image().jpeg().toBuffer(), ...Array<Buffer>(17).fill(largeSegment));
    assert.equal(refusal(jpeg).code, "UnreadableImage");
  });

  it("reads a JPEG with filling before a marker", async () => {
    const jpeg = insert(await image().jpeg().toBuffer(), Buffer.from([0xff, 0xff]));
    assert.deepEqual(readHeader(jpeg, maxPixels), { width: 40, height: 30 });
    assert.equal((await sharp(jpeg).metadata()).width, 40);
  });

  it("is not misled by a second frame", async () => {
    const jpeg = await image().jpeg().toBuffer();
    const size = jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5;
    jpeg.writeUInt16BE(6000, size);
    jpeg.writeUInt16BE(6000, size + 2);
    const frame = Buffer.from("ffc0001108001e002803012200021101031101", "hex");
    const end = jpeg.length - 2;
    const hidden = Buffer.concat([jpeg.subarray(0, end), frame, jpeg.subarray(end)]);
    const filled = insert(hidden, Buffer.from([0xff, 0xff, 0xff]));
    assert.equal(refusal(filled).code, "TooManyPixels");
    // Arithmetic coding, which the library does not know.
    filled[filled.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9;
    assert.equal(refusal(filled).code, "UnreadableImage");
  });

  it("takes exactly as many pixels as are allowed", async () => {
    const png = await image().png().toBuffer();
    assert.deepEqual(readHeader(png, 1200), { width: 40, height: 30 });
    const { statusCode, code, details, message } = refusal(png, 1199);
    assert.deepEqual([statusCode, code, details], [413, "TooManyPixels", { maxPixels: 1199 }]);
    assert.match(message, /40 × 30/);
  });

  it("refuses a few bytes that claim to be 3,600 million pixels", async () => {
    const png = await image().png().toBuffer();
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    assert.equal(refusal(png, 100_000_000).code, "TooManyPixels");
  });

  it("refuses an image without pixels", async () => {
    const gif = await image().gif().toBuffer();
    gif.writeUInt16LE(0, 6);
    assert.deepEqual([refusal(gif).statusCode, refusal(gif).code], [415, "UnreadableImage"]);
  });

  it("refuses a header that is cut off, wherever", async () => {
    const ends: Record<string, number> = { "a PNG": 23, "a GIF": 9, "a lossy WebP": 29 };
    for (const [what, end] of Object.entries(ends)) {
      const file = (await files[what]?.()) ?? assert.fail();
      for (let length = 0; length <= end; length++) {
        assert.equal(
          refusal(file.subarray(0, length)).code,
          "UnreadableImage",
          `${what} ${length}`,
        );
      }
    }
  });

  it("throws nothing but refusals, whatever the bytes", async () => {
    const whole = await Promise.all(Object.values(files).map((make) => make()));
    const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), damage, fc.nat(400), (file, changes, length) => {
        const bytes = Buffer.from(file.subarray(0, length));
        for (const [at, value] of changes) {
          bytes[at % bytes.length] = value;
        }
        try {
          const { width, height, orientation = 1 } = readHeader(bytes, maxPixels);
          assert.ok(width > 0 && height > 0 && width * height <= maxPixels);
          assert.ok(orientation >= 1 && orientation <= 8);
        } catch (error) {
          assert.ok(error instanceof ApiError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("hands no noise to the library", () => {
    const noise = Buffer.alloc(headerBytes);
    noise.set([0xff, 0xd8, 0xff, 0xe0]);
    assert.equal(essentialSegments(noise).length, 6);
    assert.equal(refusal(noise).code, "UnreadableImage");
  });
});
