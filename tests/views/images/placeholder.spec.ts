import { strict as assert } from "node:assert";
import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { placeholderOf } from "../../../views/images/placeholder";

describe("the placeholder of an image", () => {
  it("is a small picture of its colours", async () => {
    const pixels = new Uint8Array(8 * 4 * 4).map((_, index) => [200, 80, 40, 255][index % 4] ?? 0);
    const thumbHash = Buffer.from(rgbaToThumbHash(8, 4, pixels)).toString("base64");
    const url = placeholderOf({ thumbHash }) ?? "";
    const [, base64 = ""] = /^data:image\/png;base64,(.+)$/.exec(url) ?? [];
    const picture = sharp(Buffer.from(base64, "base64"));
    const { width, height } = await picture.metadata();
    assert.ok(width <= 32 && height < width);
    const { channels } = await picture.stats();
    for (const [index, colour] of [200, 80, 40].entries()) {
      assert.ok(Math.abs((channels[index]?.mean ?? 0) - colour) < 12);
    }
  });

  it("is none while the image is not decoded yet", () => {
    assert.equal(placeholderOf({}), undefined);
  });
});
