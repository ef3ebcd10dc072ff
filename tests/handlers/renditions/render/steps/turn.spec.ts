import assert from "node:assert/strict";
import { turn } from "../../../../../handlers/renditions/render/steps/turn";
import { quarters, quartersOf } from "../pictures";
import { stepped } from "./steps";

describe("the step turn", () => {
  for (const [mirrored, degrees, expected] of [
    [false, 0, "red green blue white"],
    [false, 90, "blue red white green"],
    [false, 180, "white blue green red"],
    [false, 270, "green white red blue"],
    [true, 0, "green red white blue"],
    [true, 90, "white green blue red"],
    [true, 180, "blue white red green"],
    [true, 270, "red blue green white"],
  ] as const) {
    it(`shows ${expected} by ${degrees}°${mirrored ? ", mirrored before" : ""}`, async () => {
      const plan = { turn: { mirrored, degrees } };
      const png = await stepped(turn, quarters(40, 20), { width: 40, height: 20 }, { plan });
      assert.deepEqual(png.width, degrees % 180 === 0 ? 40 : 20);
      assert.equal(quartersOf(png), expected);
    });
  }
});
