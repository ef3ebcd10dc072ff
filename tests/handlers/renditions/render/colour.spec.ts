import assert from "node:assert/strict";
import { colourOf } from "../../../../handlers/renditions/render/colour";

describe("colourOf", () => {
  it("reads six digits as opaque, and eight with opacity", () => {
    assert.deepEqual(colourOf("102030"), { r: 16, g: 32, b: 48, alpha: 1 });
    assert.deepEqual(colourOf("ff000000"), { r: 255, g: 0, b: 0, alpha: 0 });
  });

  it("is white where none is given", () => {
    assert.deepEqual(colourOf(undefined), { r: 255, g: 255, b: 255, alpha: 1 });
  });
});
