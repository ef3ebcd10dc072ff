import assert from "node:assert/strict";
import { findAttention } from "../../../../handlers/renditions/render/attention";
import { planRendition } from "../../../../handlers/renditions/render/plan";
import { animation, blue, makePng, red } from "./pictures";

const still = (bytes: Buffer) => ({ bytes, firstPage: 0, space: "srgb", isLosslessJpeg: false });

describe("findAttention", () => {
  const size = { width: 100, height: 100 };

  function picture(left: number): Buffer {
    return makePng(800, 200, (x, y) =>
      x >= left && x < left + 60 && y >= 60 && y < 140
        ? [250, ((x * y) % 5) * 40, 20]
        : [90, 90, 90],
    );
  }

  for (const left of [40, 400, 700]) {
    it(`keeps what is ${left} pixels from the left, in the scaled picture`, async () => {
      const raster = { width: 800, height: 200 };
      const plan = planRendition(raster, { ...size, gravity: "auto", format: "png" });
      const found = await findAttention(still(picture(left)), plan, size, () => 60);
      assert.deepEqual([found.top, found.width, found.height], [0, 100, 100]);
      assert.ok(found.left <= left / 2 && left / 2 + 30 <= found.left + 100, String(found.left));
    });
  }

  it("looks at the first frame of an animation", async () => {
    const bytes = await animation([red, blue], { width: 400, height: 20 });
    const plan = planRendition(
      { width: 400, height: 20 },
      { width: 20, height: 20, gravity: "auto", format: "gif" },
    );
    const { top, width, height } = await findAttention(still(bytes), plan, plan.size, () => 60);
    assert.deepEqual([top, width, height], [0, 20, 20]);
  });
});
