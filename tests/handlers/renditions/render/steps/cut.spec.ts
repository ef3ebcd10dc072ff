import assert from "node:assert/strict";
import { cut } from "../../../../../handlers/renditions/render/steps/cut";
import { resize } from "../../../../../handlers/renditions/render/steps/resize";
import { nameOf, quarters, quartersOf } from "../pictures";
import { stepped } from "./steps";

describe("the step cut", () => {
  const size = { width: 80, height: 40 };

  it("keeps a part of what was scaled before", async () => {
    const part = { left: 40, top: 20, width: 30, height: 20 };
    const png = await stepped(
      (image, context) => cut(resize(image, context), context),
      quarters(40, 20),
      size,
      { cut: part },
    );
    assert.deepEqual([png.width, png.height, nameOf(png.at(1, 1))], [30, 20, "white"]);
  });

  it("keeps all where there is nothing to cut", async () => {
    assert.equal(quartersOf(await stepped(cut, quarters(40, 20), size)), "red green blue white");
  });
});
