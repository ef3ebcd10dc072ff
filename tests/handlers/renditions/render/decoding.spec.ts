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

  it("tells what took too long from what cannot be decoded, and leaves other refusals", () => {
    assert.equal(decodingError(new Error("timeout: 12% complete")).code, "RenditionTooSlow");
    const { code, message } = decodingError(new Error("VipsJpeg: premature end"));
    assert.equal(code, "UnreadableImage");
    assert.doesNotMatch(message, /Vips/);
    const refusal = new ApiError(404, "ImageNotFound", "");
    assert.equal(decodingError(refusal), refusal);
  });
});
