import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { checkSignature } from "../../../handlers/shared/image-signature";
import { imageFormats, makeImage, makeLargePng } from "../../support/images";

describe("checkSignature", () => {
  const formats = Object.keys(imageFormats) as (keyof typeof imageFormats)[];
  const mismatch = { statusCode: 415, code: "ContentTypeMismatch" };

  for (const format of formats) {
    it(`takes a ${format} for what it is, and for nothing else`, async () => {
      const image = await makeImage(format);
      await checkSignature(image, imageFormats[format]);
      for (const other of formats.filter((name) => name !== format)) {
        await assert.rejects(checkSignature(image, imageFormats[other]), mismatch);
      }
    });
  }

  it("takes an animated PNG for a PNG", async () => {
    await checkSignature(animate(await makeImage("png")), "image/png");
  });

  it("takes a large image", async () => {
    await checkSignature(await makeLargePng(4_000_000), "image/png");
  });

  for (const [what, bytes] of Object.entries({
    HTML: Buffer.from("<!doctype html><script>alert(1)</script>"),
    SVG: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a ZIP archive": Buffer.from("504b0304140000000000", "hex"),
    "a single byte": Buffer.from([0x89]),
    "half a signature": Buffer.from("89504e47", "hex"),
  })) {
    it(`takes ${what} for no image`, async () => {
      for (const format of formats) {
        await assert.rejects(checkSignature(bytes, imageFormats[format]), mismatch);
      }
    });
  }
});

/** Makes a PNG an animated one, of one frame: a chunk `acTL` follows the header. */
function animate(png: Buffer): Buffer {
  const headerEnd = 8 + 25;
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8, 0);
  chunk.write("acTL", 4, "latin1");
  chunk.writeUInt32BE(1, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16);
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)]);
}
