import assert from "node:assert/strict";
import {
  readRenditionSettings,
  type RenditionConfig,
} from "../../../handlers/renditions/read-settings";

const watermarkId = "0b4e5a2e-6a31-4bd5-9d5b-6ff5e8a0c3d1";

function read(config: Partial<RenditionConfig>) {
  return readRenditionSettings({
    presets: ["thumb?width=240&height=240&fit=cover", "large?width=1600"],
    presetsOnly: false,
    publicPresets: [],
    watermark: "",
    ...config,
  });
}

/** What is wrong with a config, as sentences. */
function problemsOf(config: Partial<RenditionConfig>): string[] {
  const reading = read(config);
  assert.ok("problems" in reading, "is accepted");
  return reading.problems.map(({ field, problem }) => `${field} ${problem}`);
}

describe("readRenditionSettings", () => {
  it("brings presets into their normal form", () => {
    assert.deepEqual(read({ publicPresets: ["thumb"] }), {
      settings: {
        presets: {
          thumb: "width-240_height-240_format-auto",
          large: "width-1600_format-auto",
        },
        presetsOnly: false,
        publicPresets: ["thumb"],
        watermark: undefined,
      },
    });
  });

  it("reads colours and points as queries of the API spell them", () => {
    const presets = [
      "card?width=3&height=2&fit=contain&background=%23FFAA00",
      "face?width=3&height=2&gravity=0.5,0.25",
    ];
    assert.deepEqual(read({ presets }), {
      settings: {
        presets: {
          card: "width-3_height-2_fit-contain_background-ffaa00_format-auto",
          face: "width-3_height-2_gravity-0.5x0.25_format-auto",
        },
        presetsOnly: false,
        publicPresets: [],
        watermark: undefined,
      },
    });
  });

  it("lets presets have the watermark", () => {
    const reading = read({
      watermark: `${watermarkId}?opacity=0.30`,
      presets: ["print?watermark=north"],
    });
    assert.ok("settings" in reading);
    const { watermark, presets } = reading.settings;
    assert.ok(watermark);
    const { fingerprint, ...others } = watermark;
    assert.deepEqual(others, {
      imageId: watermarkId,
      position: "southeast",
      opacity: 0.3,
      scale: 0.2,
    });
    assert.match(fingerprint, /^[0-9a-f]{8}$/);
    assert.equal(presets.print, `format-auto_watermark-northx0.3x0.2x${fingerprint}`);
  });

  it("gives another watermark another fingerprint", () => {
    const fingerprints = ["0", "1", "2"].map((digit) => {
      const reading = read({ watermark: digit + watermarkId.slice(1) });
      return "settings" in reading && reading.settings.watermark?.fingerprint;
    });
    assert.equal(new Set(fingerprints).size, 3);
  });

  it("tells all that is wrong at once", () => {
    assert.deepEqual(
      problemsOf({
        presets: ["thumb?width=0&hieght=3", "Big?width=3", "thumb?width=3"],
        publicPresets: ["thumb", "tiny"],
        watermark: "logo.png?place=north&opacity=2",
      }),
      [
        "watermark must begin with the id of an image, in small letters",
        "watermark must have no place (accepted: position, opacity, scale)",
        'watermark must have as opacity a number from 0.01 to 1, not "2"',
        'presets has thumb, whose width must be a whole number from 1 to 8192, not "0"',
        "presets has thumb, whose hieght is not accepted (did you mean height?)",
        "presets has Big, whose name is not of 1 to 32 letters and digits, beginning with a small letter",
        "presets has thumb twice",
        "publicPresets has tiny, which is none of presets",
      ],
    );
  });

  for (const name of ["", "width-3", "a_b", "__proto__", "a*", "a/b", "1", "é", "a".repeat(33)]) {
    it(`refuses ${JSON.stringify(name)} as a preset's name`, () => {
      assert.match(problemsOf({ presets: [`${name}?width=3`] })[0] ?? "", /^presets has .*, whose/);
    });
  }

  it("refuses presets that are too large, that need a watermark, or that are all and none", () => {
    assert.deepEqual(problemsOf({ presets: ["big?width=8192&height=8192"] }), [
      "presets has big, which would make 67108864 pixels",
    ]);
    assert.deepEqual(problemsOf({ presets: ["print?watermark=north"] }), [
      "presets has print, whose watermark needs a watermark in the stack's config",
    ]);
    assert.deepEqual(problemsOf({ presets: [], presetsOnly: true }), [
      "presetsOnly would refuse everything without presets",
    ]);
  });
});
