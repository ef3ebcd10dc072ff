import assert from "node:assert/strict";
import { filter } from "../../../../../handlers/renditions/render/steps/filter";
import { makePng } from "../pictures";
import { stepped } from "./steps";

describe("the step filter", () => {
  const size = { width: 40, height: 40 };
  const edge = makePng(40, 40, (x) => (x < 20 ? [80, 80, 80] : [160, 160, 160]));
  const by = (picture: Buffer, operations: object) =>
    stepped(filter, picture, size, { operations: { format: "png", ...operations } });

  it("blurs by its sigma", async () => {
    const [little = 0] = (await by(edge, { blur: 1 })).at(17, 20);
    const [much = 0] = (await by(edge, { blur: 5 })).at(17, 20);
    assert.ok(80 <= little && little < much && much < 120);
  });

  it("sharpens by its sigma", async () => {
    const png = await by(edge, { sharpen: 3 });
    assert.ok((png.at(19, 20)[0] ?? 80) < 80 && (png.at(20, 20)[0] ?? 160) > 160);
  });

  it("takes away colours, and leaves how light they are", async () => {
    const picture = makePng(40, 40, () => [200, 80, 40, 100]);
    const [r = 0, g = 0, b = 0, opacity] = (await by(picture, { grayscale: true })).at(5, 5);
    assert.ok(Math.max(r, g, b) - Math.min(r, g, b) <= 1);
    // Y of the colour is 0.183, which is that of a grey of 119.
    assert.ok(Math.abs(g - 119) <= 3, String(g));
    assert.equal(opacity, 100);
  });

  it("does nothing that is not asked for", async () => {
    assert.deepEqual((await by(edge, {})).at(19, 20), [80, 80, 80, 255]);
  });
});
