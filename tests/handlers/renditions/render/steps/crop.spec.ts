import assert from "node:assert/strict";
import { crop } from "../../../../../handlers/renditions/render/steps/crop";
import { nameOf, quarters, quartersOf } from "../pictures";
import { stepped } from "./steps";

describe("the step crop", () => {
  const size = { width: 40, height: 20 };

  it("takes out the part", async () => {
    const part = { left: 20, top: 0, width: 15, height: 10 };
    const png = await stepped(crop, quarters(40, 20), size, { plan: { crop: part } });
    assert.deepEqual([png.width, png.height, nameOf(png.at(0, 9))], [15, 10, "green"]);
  });

  it("leaves the picture where there is none to take out", async () => {
    assert.equal(quartersOf(await stepped(crop, quarters(40, 20), size)), "red green blue white");
  });
});
