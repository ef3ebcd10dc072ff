import assert from "node:assert/strict";
import { resize } from "../../../../../handlers/renditions/render/steps/resize";
import { quarters, quartersOf } from "../pictures";
import { stepped } from "./steps";

describe("the step resize", () => {
  for (const [width, height] of [
    [10, 5],
    [80, 40],
    [13, 30],
    [40, 20],
  ] as const) {
    it(`makes ${width} × ${height} of 40 × 20, whatever the ratio`, async () => {
      const png = await stepped(resize, quarters(40, 20), { width, height });
      assert.deepEqual([png.width, png.height], [width, height]);
      assert.equal(quartersOf(png), "red green blue white");
    });
  }
});
