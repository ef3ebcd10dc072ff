import { strict as assert } from "node:assert";
import { tilePresetOf } from "../../../views/images/tile-preset";

const presetOf = (presets: Record<string, string>) =>
  tilePresetOf({ presets, presetsOnly: false, publicPresets: [] });

describe("the preset of tiles", () => {
  it("is the smallest that is as wide as they are", () => {
    const presets = {
      large: "width-1600_format-auto",
      thumb: "width-240_height-240_format-auto",
      small: "width-640_format-auto",
    };
    assert.equal(presetOf(presets), "small");
  });

  it("is the widest where none is wide enough", () => {
    assert.equal(
      presetOf({ tiny: "width-32_format-auto", thumb: "width-240_format-auto" }),
      "thumb",
    );
  });

  it("is one without a width where there is no other, and none where there is none", () => {
    assert.equal(presetOf({ grey: "grayscale-true_format-auto" }), "grey");
    assert.equal(presetOf({}), undefined);
  });
});
