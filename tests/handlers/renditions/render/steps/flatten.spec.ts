import assert from "node:assert/strict";
import { flatten } from "../../../../../handlers/renditions/render/steps/flatten";
import { makePng } from "../pictures";
import { stepped } from "./steps";

describe("the step flatten", () => {
  const clear = makePng(4, 4, () => [255, 0, 0, 0]);
  const size = { width: 4, height: 4 };

  it("puts the background behind what is transparent", async () => {
    const operations = { format: "png", background: "102030" } as const;
    const png = await stepped(flatten, clear, size, { operations, isOpaque: true });
    assert.deepEqual(png.at(1, 1), [16, 32, 48, 255]);
  });

  it("leaves it transparent unless it is not to be", async () => {
    assert.equal((await stepped(flatten, clear, size)).at(1, 1)[3], 0);
  });
});
