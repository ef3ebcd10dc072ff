import assert from "node:assert/strict";
import fc from "fast-check";
import { ApiError } from "../../../../handlers/http/errors";
import { bytesInMemory } from "../../../../handlers/images/file/bytes";
import { inspect } from "../../../../handlers/images/file/inspect";
import { wayOutOf } from "../../../../handlers/images/image-types";
import { exif, pngChunk, insertIntoPng, rareJpegs } from "../../../support/image-files";
import { imageFormats, makeImage, makeLargePng } from "../../../support/images";

describe("inspect", () => {
  const formats = Object.keys(imageFormats) as (keyof typeof imageFormats)[];
  const look = (bytes: Buffer, stated?: string, maxPixels = 1_000_000) =>
    inspect(bytesInMemory(bytes), stated, maxPixels);

  for (const format of formats) {
    it(`takes a ${format} for what it is, and for nothing else`, async () => {
      const image = await makeImage(format);
      const found = { contentType: imageFormats[format], width: 8, height: 8 };
      assert.deepEqual(await look(image), found);
      assert.deepEqual(await look(image, imageFormats[format]), found);
      for (const other of formats.filter((name) => name !== format)) {
        await assert.rejects(look(image, imageFormats[other]), {
          statusCode: 415,
          code: "ContentTypeMismatch",
          message: `The image is ${imageFormats[format]}, and not ${imageFormats[other]}, as its content type says.`,
        });
      }
    });
  }

  for (const [what, [bytes, name]] of Object.entries({
    HTML: [Buffer.from("<!doctype html><script>alert(1)</script>"), "of no known type"],
    "a ZIP archive": [Buffer.from("504b0304140000000000", "hex"), "application/zip"],
    "a PDF": [Buffer.from("%PDF-1.7\n"), "application/pdf"],
    "a TIFF": [Buffer.from("49492a0008000000".padEnd(100, "0"), "hex"), "image/tiff"],
    "a HEIC": [Buffer.from("00000018667479706865696300000000", "hex"), "image/heic"],
    "a BMP": [Buffer.from("BM".padEnd(60, "\0")), "image/bmp"],
  } as const)) {
    it(`takes ${what} for no image, and names it`, async () => {
      await assert.rejects(look(bytes, "image/png"), {
        code: "ContentTypeMismatch",
        message: `The image is ${name}, and not image/png, as its content type says.${wayOutOf(name)}`,
      });
      await assert.rejects(look(bytes), {
        statusCode: 415,
        code: "UnsupportedImageType",
        message: `The image is ${name}; supported are image/jpeg, image/png, image/gif, image/webp.${wayOutOf(name)}`,
        details: { supported: ["image/jpeg", "image/png", "image/gif", "image/webp"] },
      });
    });
  }

  it("takes exactly as many pixels as are allowed", async () => {
    for (const format of formats) {
      const image = await makeImage(format);
      await look(image, undefined, 64);
      await assert.rejects(look(image, undefined, 63), {
        statusCode: 413,
        code: "TooManyPixels",
        details: { limit: "pixels", maxPixels: 63 },
        message: /8 × 8 pixels/,
      });
    }
  });

  it("refuses a few bytes that claim to be 3,600 million pixels, whole or not", async () => {
    const png = await makeImage("png");
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    for (const length of [png.length, 30, 33]) {
      const tooMany = { code: length < 33 ? "UnreadableImage" : "TooManyPixels" };
      await assert.rejects(look(png.subarray(0, length), undefined, 100_000_000), tooMany);
    }
  });

  it("throws nothing but refusals, whatever the bytes", async () => {
    const images = await Promise.all(formats.map((format) => makeImage(format)));
    const rotated = insertIntoPng(
      await makeImage("png"),
      "IDAT",
      pngChunk("eXIf", exif({ orientation: 6 })),
    );
    const whole = [...images, rotated, rareJpegs.progressiveArithmetic, await makeLargePng(20_000)];
    const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        damage,
        fc.integer({ min: 1, max: 30_000 }),
        async (file, changes, length) => {
          const bytes = Buffer.from(file.subarray(0, length));
          for (const [at, value] of changes) {
            bytes[at % bytes.length] = value;
          }
          try {
            const { width, height, orientation = 1 } = await look(bytes);
            assert.ok(width > 0 && height > 0 && width * height <= 1_000_000);
            assert.ok(orientation >= 1 && orientation <= 8);
          } catch (error) {
            assert.ok(error instanceof ApiError, String(error));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
