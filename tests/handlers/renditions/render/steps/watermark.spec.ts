import assert from "node:assert/strict";
import { watermark } from "../../../../../handlers/renditions/render/steps/watermark";
import { nameOf, quarters, quartersOf } from "../pictures";
import { stepped } from "./steps";

describe("the step watermark", () => {
  const size = { width: 40, height: 20 };

  it("lays the overlay over the picture, where it says", async () => {
    const input = Buffer.from([0, 0, 0, 255]);
    const overlay = { input, raw: { width: 1, height: 1, channels: 4 }, left: 3, top: 4 } as const;
    const png = await stepped(watermark, quarters(40, 20), size, { overlay });
    assert.deepEqual(
      [nameOf(png.at(3, 4)), nameOf(png.at(4, 4)), nameOf(png.at(3, 5))],
      ["black", "red", "red"],
    );
  });

  it("leaves the picture where there is no overlay", async () => {
    const png = await stepped(watermark, quarters(40, 20), size);
    assert.equal(quartersOf(png), "red green blue white");
  });
});
