import assert from "node:assert/strict";
import sharp from "sharp";
import type { Operations } from "../../../../handlers/renditions/operations";
import { chooseEncoding, encode } from "../../../../handlers/renditions/render/formats";
import type { Original } from "../../../../handlers/renditions/render/original";

const photo: Original = {
  bytes: Buffer.alloc(0),
  firstPage: 0,
  width: 4000,
  height: 3000,
  pages: 1,
  delay: [],
  loop: 0,
  hasAlpha: false,
  space: "srgb",
  isLosslessJpeg: false,
};
const logo: Original = { ...photo, width: 400, height: 300, hasAlpha: true };
const movie: Original = { ...logo, pages: 20 };
const size = { width: 400, height: 300 };

function choose(original: Original, operations: Partial<Operations>, of = size): string {
  const { format, animated } = chooseEncoding(original, { format: "auto", ...operations }, of);
  return animated ? `animated ${format}` : format;
}

describe("chooseEncoding", () => {
  for (const [what, original, accepts, expected] of [
    ["a photo", photo, "avif", "avif"],
    ["a photo", photo, "webp", "webp"],
    ["a photo", photo, "none", "jpeg"],
    ["what is transparent", logo, "avif", "avif"],
    ["what is transparent", logo, "webp", "webp"],
    ["what is transparent", logo, "none", "png"],
    ["an animation", movie, "avif", "animated webp"],
    ["an animation", movie, "webp", "animated webp"],
    ["an animation", movie, "none", "animated gif"],
  ] as const) {
    it(`gives ${what} as ${expected} to who takes ${accepts}`, () => {
      assert.equal(choose(original, { accepts }), expected);
    });
  }

  it("gives what is asked for, of an animation its first frame where the format has no more", () => {
    const formats = ["avif", "webp", "jpeg", "png", "gif"] as const;
    assert.deepEqual(
      formats.map((format) => choose(movie, { format })),
      ["avif", "animated webp", "jpeg", "png", "animated gif"],
    );
    assert.deepEqual(
      formats.map((format) => choose(photo, { format })),
      [...formats],
    );
  });

  it("gives JPEG of what was transparent and is flattened", () => {
    assert.equal(choose(logo, { accepts: "none", flatten: true }), "jpeg");
  });

  it("gives PNG of a photo on a canvas that is transparent", () => {
    const operations = { accepts: "none", fit: "contain", background: "ff000080" } as const;
    assert.equal(choose(photo, operations), "png");
  });

  it("gives WebP instead of an AVIF that would take too long, and no WebP that would", () => {
    const at = (width: number, height: number) =>
      choose(photo, { accepts: "avif" }, { width, height });
    assert.equal(at(2000, 2000), "avif");
    assert.equal(at(2001, 2000), "webp");
    assert.equal(at(4000, 3000), "webp");
    assert.equal(at(4001, 3000), "jpeg");
    assert.equal(choose(photo, { format: "avif" }, { width: 2001, height: 2000 }), "webp");
    assert.equal(choose(photo, { format: "gif" }, { width: 4000, height: 3000 }), "png");
  });

  it("gives another format than one that cannot be as high", () => {
    const strip = { width: 10, height: 70_000 };
    assert.equal(choose(photo, { format: "avif" }, strip), "png");
    assert.equal(choose(photo, { format: "webp" }, { width: 10, height: 17_000 }), "jpeg");
    assert.equal(choose(logo, { format: "webp" }, { width: 10, height: 17_000 }), "png");
    assert.equal(choose(photo, { format: "jpeg" }, strip), "png");
    assert.equal(choose(photo, { format: "gif" }, strip), "png");
  });

  for (const longest of [16_383, 65_500, 65_535]) {
    for (const height of [longest, longest + 1]) {
      it(`gives what its encoder writes of an image ${height} pixels high`, async () => {
        const strip = { width: 1, height };
        const pixels = Buffer.alloc(3 * height);
        const image = sharp(pixels, { raw: { ...strip, channels: 3 } });
        for (const format of ["avif", "webp", "jpeg", "png", "gif"] as const) {
          const encoding = chooseEncoding({ ...photo, ...strip }, { format }, strip);
          const bytes = await encode(image.clone(), encoding, photo).toBuffer();
          assert.equal((await sharp(bytes).metadata()).height, height, format);
        }
      });
    }
  }

  it("gives the first frame of an animation that has more frames than are asked for", () => {
    assert.equal(choose(movie, { accepts: "webp", frames: 20 }), "animated webp");
    assert.equal(choose(movie, { accepts: "webp", frames: 19 }), "webp");
    assert.equal(choose(movie, { accepts: "none", frames: 1 }), "png");
    assert.equal(choose({ ...movie, pages: 101 }, { accepts: "webp" }), "webp");
  });

  it("gives the first frame of an animation with too many pixels, before or after", () => {
    assert.equal(choose({ ...movie, width: 2500, height: 1001 }, { accepts: "webp" }), "webp");
    assert.equal(choose(movie, { accepts: "webp" }, { width: 1000, height: 1001 }), "webp");
    assert.equal(choose(movie, { format: "gif" }, { width: 1000, height: 301 }), "gif");
  });
});
