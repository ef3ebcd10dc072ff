import assert from "node:assert/strict";
import { ApiError } from "../../../../handlers/http/errors";
import {
  decode,
  decodingError,
  inTime,
  pixelsOf,
} from "../../../../handlers/renditions/render/decoding";
import { quarters } from "./pictures";

describe("decoding", () => {
  it("gives pixels as sRGB, with opacity where the picture has it", async () => {
    const { width, height, channels, data } = await pixelsOf(decode(quarters(4, 2)), () => 60);
    assert.deepEqual([width, height, channels], [4, 2, 4]);
    assert.deepEqual([...data.subarray(0, 4)], [255, 0, 0, 255]);
  });

  it("is not begun without a second to go", () => {
    assert.throws(() => inTime(decode(quarters(4, 2)), () => 0.99), { code: "RenditionTooSlow" });
  });

  for (const [text, code] of [
    ["timeout: 12% complete", "RenditionTooSlow"],
    ["Input image exceeds pixel limit", "TooManyPixels"],
    ["VipsJpeg: premature end", "UnreadableImage"],
    ["Input buffer has corrupt header: pngload_buffer: end of stream", "UnreadableImage"],
    ["Input buffer contains unsupported image format", "UnreadableImage"],
    ["pngload_buffer: libspng read error", "UnreadableImage"],
    ["webp2vips: unable to read pixels", "UnreadableImage"],
    // So ends what libspng finds wrong with a checksum.
    ["Unknown error", "UnreadableImage"],
  ] as const) {
    it(`takes "${text}" for ${code}, in words of its own`, () => {
      const error = decodingError(new Error(text));
      assert.ok(error instanceof ApiError);
      assert.equal(error.code, code);
      assert.ok(!error.message.includes(text));
    });
  }

  for (const error of [
    new ApiError(404, "ImageNotFound", ""),
    new Error("vips_malloc: out of memory"),
    new Error("VipsJpeg: Insufficient memory (case 4)"),
    new Error("unix error: No space left on device"),
    new Error("extract_area: bad extract area"),
    new TypeError("Cannot read properties of undefined"),
  ]) {
    it(`leaves "${error.message || error.name}", which is about no image`, () => {
      assert.equal(decodingError(error), error);
    });
  }
});
