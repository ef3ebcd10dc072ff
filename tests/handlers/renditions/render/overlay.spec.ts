import assert from "node:assert/strict";
import sharp from "sharp";
import { makeOverlay } from "../../../../handlers/renditions/render/overlay";
import { black, makePng } from "./pictures";

describe("makeOverlay", () => {
  const at = { position: "southeast", opacity: 0.5, scale: 0.25, fingerprint: "0" } as const;

  it("is a part of the rendition's width, at its place", async () => {
    const mark = makePng(10, 5, () => black);
    const overlay = await makeOverlay(mark, at, { width: 200, height: 100 }, () => 60);
    assert.deepEqual([overlay.raw?.width, overlay.raw?.height], [50, 25]);
    assert.deepEqual([overlay.left, overlay.top], [150, 75]);
  });

  it("is no higher than the rendition", async () => {
    const mark = makePng(10, 100, () => black);
    const overlay = await makeOverlay(mark, at, { width: 200, height: 40 }, () => 60);
    assert.deepEqual([overlay.raw?.width, overlay.raw?.height], [4, 40]);
  });

  it("is of a JPEG without an end as of one with it", async () => {
    const mark = await sharp(makePng(40, 20, () => black))
      .jpeg()
      .toBuffer();
    const [whole, open] = await Promise.all(
      [mark, mark.subarray(0, -2)].map((bytes) =>
        makeOverlay(bytes, at, { width: 200, height: 100 }, () => 60),
      ),
    );
    assert.deepEqual(open, whole);
  });

  it("is as opaque as is asked for, of what it is itself", async () => {
    const mark = makePng(10, 10, () => [0, 0, 0, 100]);
    const { input } = await makeOverlay(
      mark,
      { ...at, scale: 1 },
      { width: 10, height: 10 },
      () => 60,
    );
    assert.equal((input as Buffer)[3], 50);
  });
});
