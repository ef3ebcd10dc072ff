import assert from "node:assert/strict";
import sharp from "sharp";
import { makeOverlay } from "../../../../handlers/renditions/render/overlay";
import { black, makePng, nameOf, quarters, withOrientation } from "./pictures";

describe("makeOverlay", () => {
  const at = { position: "southeast", opacity: 0.5, scale: 0.25, fingerprint: "0" } as const;

  it("is a part of the rendition's width, at its place", async () => {
    const mark = makePng(10, 5, () => black);
    const overlay = await makeOverlay({ bytes: mark }, at, { width: 200, height: 100 }, () => 60);
    assert.deepEqual([overlay.raw?.width, overlay.raw?.height], [50, 25]);
    assert.deepEqual([overlay.left, overlay.top], [150, 75]);
  });

  it("is no higher than the rendition", async () => {
    const mark = makePng(10, 100, () => black);
    const overlay = await makeOverlay({ bytes: mark }, at, { width: 200, height: 40 }, () => 60);
    assert.deepEqual([overlay.raw?.width, overlay.raw?.height], [4, 40]);
  });

  it("is of a JPEG without an end as of one with it", async () => {
    const mark = await sharp(makePng(40, 20, () => black))
      .jpeg()
      .toBuffer();
    const [whole, open] = await Promise.all(
      [mark, mark.subarray(0, -2)].map((bytes) =>
        makeOverlay({ bytes }, at, { width: 200, height: 100 }, () => 60),
      ),
    );
    assert.deepEqual(open, whole);
  });

  it("is as opaque as is asked for, of what it is itself", async () => {
    const mark = makePng(10, 10, () => [0, 0, 0, 100]);
    const { input } = await makeOverlay(
      { bytes: mark },
      { ...at, scale: 1 },
      { width: 10, height: 10 },
      () => 60,
    );
    assert.equal((input as Buffer)[3], 50);
  });

  /** Names of the colours of the corners of a mark, line by line. */
  async function corners(bytes: Buffer, orientation?: number): Promise<string[]> {
    const mark = { bytes, orientation };
    const box = { width: 40, height: 40 };
    const { input, raw } = await makeOverlay(mark, { ...at, opacity: 1, scale: 1 }, box, () => 60);
    const { width = 0, height = 0 } = raw ?? {};
    assert.deepEqual([width, height].toSorted(), [20, 40]);
    const places = [0, width - 1, (height - 1) * width, height * width - 1];
    return places.map((place) =>
      nameOf(
        [...(input as Buffer).subarray(place * 4, place * 4 + 3)].map((value) =>
          value > 127 ? 255 : 0,
        ),
      ),
    );
  }

  it("is laid as its decoder finds, or as is said of it, also where a decoder finds nothing", async () => {
    const jpeg = await sharp(quarters(40, 20)).removeAlpha().jpeg({ quality: 100 }).toBuffer();
    for (let orientation = 1; orientation <= 8; orientation++) {
      const shown = await sharp(withOrientation(jpeg, orientation)).autoOrient().toBuffer();
      const expected = await corners(shown);
      assert.equal(new Set(expected).size, 4);
      assert.deepEqual(await corners(withOrientation(jpeg, orientation)), expected);
      assert.deepEqual(await corners(jpeg, orientation), expected, String(orientation));
    }
    const other = withOrientation(jpeg, 3);
    assert.deepEqual(await corners(other, 1), await corners(jpeg));
  });
});
