import assert from "node:assert/strict";
import { extend } from "../../../../../handlers/renditions/render/steps/extend";
import { nameOf, quarters, quartersOf } from "../pictures";
import { stepped } from "./steps";

describe("the step extend", () => {
  const size = { width: 40, height: 20 };
  const plan = { canvas: { left: 5, top: 10, width: 50, height: 40 } };

  it("puts the picture where it belongs, on white", async () => {
    const png = await stepped(extend, quarters(40, 20), size, { plan });
    assert.deepEqual([png.width, png.height], [50, 40]);
    const seen = [
      [4, 10],
      [5, 9],
      [5, 10],
      [44, 10],
      [45, 10],
      [5, 29],
      [5, 30],
    ] as const;
    assert.deepEqual(
      seen.map(([x, y]) => nameOf(png.at(x, y))),
      ["white", "white", "red", "green", "white", "blue", "white"],
    );
  });

  it("puts it on the background that is asked for, which may be translucent", async () => {
    const operations = { format: "png", background: "00ff0080" } as const;
    const png = await stepped(extend, quarters(40, 20), size, { plan, operations });
    assert.deepEqual(png.at(0, 0), [0, 255, 0, 128]);
    assert.deepEqual(png.at(5, 10), [255, 0, 0, 255]);
  });

  it("leaves the picture where it fills its box", async () => {
    assert.equal(quartersOf(await stepped(extend, quarters(40, 20), size)), "red green blue white");
  });
});
