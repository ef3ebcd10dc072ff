import assert from "node:assert/strict";
import sharp from "sharp";
import { decode } from "../../../../handlers/renditions/render/decoding";
import { decodeOriginal, openOriginal } from "../../../../handlers/renditions/render/original";
import { animation, blue, quarters, red, withOrientation, withScreen } from "./pictures";

describe("openOriginal", () => {
  it("knows the raster, the orientation and the colours of a still", async () => {
    const image = sharp(quarters(40, 20)).removeAlpha().toColourspace("cmyk");
    const bytes = withOrientation(await image.jpeg().toBuffer(), 6);
    assert.deepEqual(await openOriginal(bytes), {
      bytes,
      firstPage: 0,
      width: 40,
      height: 20,
      orientation: 6,
      pages: 1,
      delay: [],
      loop: 0,
      hasAlpha: false,
      space: "cmyk",
      isLosslessJpeg: false,
    });
  });

  for (const format of ["gif", "webp"] as const) {
    it(`knows the frames of an animated ${format}`, async () => {
      const bytes = await animation([red, blue], { format, loop: 3 });
      const { width, height, pages, delay, loop } = await openOriginal(bytes);
      assert.deepEqual([width, height, pages, delay, loop], [40, 20, 2, [100, 200], 3]);
    });
  }

  it("knows a GIF by its screen, of which decoders take some for mistakes", async () => {
    for (const [width, height] of [
      [640, 480],
      [2049, 30],
      [41, 20],
    ] as const) {
      for (const colours of [[red], [red, blue]]) {
        const bytes = withScreen(await animation(colours), width, height);
        const original = await openOriginal(bytes);
        const { pages, delay, loop, hasAlpha } = original;
        assert.deepEqual([original.width, original.height, pages], [width, height, colours.length]);
        if (colours.length > 1) {
          assert.deepEqual([delay, loop, hasAlpha], [[100, 200], 2, true]);
        }
        const { data, info } = await decodeOriginal(original)
          .raw()
          .toBuffer({ resolveWithObject: true });
        assert.deepEqual([info.width, info.height, info.channels], [width, height, 4]);
        assert.deepEqual([...data.subarray(0, 4)], [255, 0, 0, 255]);
        assert.equal(data.at(-1), 0);
      }
    }
  });

  it("gives a JPEG that lacks its end alone one, so that it can be decoded", async () => {
    const whole = await sharp(quarters(40, 20)).removeAlpha().jpeg().toBuffer();
    const { bytes } = await openOriginal(whole.subarray(0, -2));
    assert.deepEqual(Buffer.from(bytes), whole);
    await assert.doesNotReject(decode(bytes).raw().toBuffer());
  });

  it("refuses a JPEG that lacks pixels", async () => {
    const whole = await sharp(quarters(400, 200)).removeAlpha().jpeg().toBuffer();
    await assert.rejects(openOriginal(whole.subarray(0, whole.length / 2)), {
      statusCode: 415,
      code: "UnreadableImage",
    });
  });

  it("refuses formats that are not stored, though they can be decoded", async () => {
    const bytes = await sharp(quarters(40, 20)).tiff().toBuffer();
    await assert.rejects(openOriginal(bytes), { statusCode: 415, code: "UnreadableImage" });
  });
});
