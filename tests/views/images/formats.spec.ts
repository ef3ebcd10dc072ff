import { strict as assert } from "node:assert";
import type { RenditionSettings } from "../../../handlers/renditions/settings";
import { compare, comparedFormats, inFormat, type Measured } from "../../../views/images/formats";

const settings: RenditionSettings = { presets: {}, presetsOnly: false, publicPresets: [] };

const measured = (name: string, bytes: number): Measured => ({
  name,
  bytes,
  firstMs: 9,
  againMs: 2,
  contentType: "image/x",
});

describe("the comparison of formats", () => {
  it("has each as a part of the largest, and in per cent of the original", () => {
    const compared = compare([
      measured("Original", 400),
      measured("PNG", 800),
      measured("AVIF", 100),
    ]);
    assert.deepEqual(
      compared.map(({ name, part, percent }) => [name, part, percent]),
      [
        ["Original", 0.5, 100],
        ["PNG", 1, 200],
        ["AVIF", 0.125, 25],
      ],
    );
  });

  it("has no per cent without an original, and no part without anything", () => {
    assert.equal(compare([measured("PNG", 8)])[0]?.percent, undefined);
    assert.deepEqual(compare([]), []);
  });

  it("leaves out what means nothing to a format", () => {
    const given = { width: "64", quality: "60", format: "webp", frames: "3" };
    const asked = comparedFormats.map((format) => inFormat(given, format, settings));
    assert.deepEqual(asked, [
      { width: "64", quality: "60", format: "jpeg" },
      { width: "64", quality: "60", format: "webp", frames: "3" },
      { width: "64", quality: "60", format: "avif" },
      { width: "64", format: "png" },
    ]);
  });

  it("leaves what is wrong in any format for the API to refuse", () => {
    assert.deepEqual(inFormat({ fit: "cover" }, "png", settings), { fit: "cover", format: "png" });
  });

  it("leaves out a background that only another format has behind it", () => {
    const given = { background: "202020", format: "jpeg" };
    assert.deepEqual(inFormat(given, "webp", settings), { format: "webp" });
  });
});
