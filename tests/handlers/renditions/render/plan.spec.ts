import assert from "node:assert/strict";
import type { Operations } from "../../../../handlers/renditions/operations";
import { planRendition, type Raster } from "../../../../handlers/renditions/render/plan";

const landscape = { width: 400, height: 200 };

function plan(
  operations: Partial<Operations>,
  raster: Raster = landscape,
  focal?: { x: number; y: number },
) {
  return planRendition(raster, { format: "png", ...operations }, focal);
}

function sizeOf(operations: Partial<Operations>, raster: Raster = landscape): string {
  const { size } = plan(operations, raster);
  return `${size.width} × ${size.height}`;
}

describe("planRendition", () => {
  describe("the size", () => {
    const box = { width: 100, height: 100 };
    const larger = { width: 1000, height: 1000 };
    for (const [what, operations, expected] of [
      ["of nothing asked", {}, "400 × 200"],
      ["of a width", { width: 100 }, "100 × 50"],
      ["of a height", { height: 50 }, "100 × 50"],
      ["of a larger width", { width: 800 }, "400 × 200"],
      ["of a larger width, enlarged", { width: 800, enlarge: true }, "800 × 400"],
      ["of a larger height, enlarged", { height: 400, enlarge: true }, "800 × 400"],
      ["of cover, the default", box, "100 × 100"],
      ["of contain", { ...box, fit: "contain" }, "100 × 100"],
      ["of fill", { ...box, fit: "fill" }, "100 × 100"],
      ["of inside", { ...box, fit: "inside" }, "100 × 50"],
      ["of outside", { ...box, fit: "outside" }, "200 × 100"],
      ["of cover in a larger box", larger, "400 × 200"],
      ["of contain in a larger box", { ...larger, fit: "contain" }, "400 × 200"],
      ["of fill in a larger box", { ...larger, fit: "fill" }, "400 × 200"],
      ["of inside in a larger box", { ...larger, fit: "inside" }, "400 × 200"],
      ["of outside in a larger box", { ...larger, fit: "outside" }, "400 × 200"],
      ["of cover, enlarged", { ...larger, enlarge: true }, "1000 × 1000"],
      ["of contain, enlarged", { ...larger, fit: "contain", enlarge: true }, "1000 × 1000"],
      ["of fill, enlarged", { ...larger, fit: "fill", enlarge: true }, "1000 × 1000"],
      ["of inside, enlarged", { ...larger, fit: "inside", enlarge: true }, "1000 × 500"],
      ["of outside, enlarged", { ...larger, fit: "outside", enlarge: true }, "2000 × 1000"],
      ["of cover in a wider box", { width: 800, height: 100 }, "400 × 100"],
      ["of contain in a wider box", { width: 800, height: 100, fit: "contain" }, "800 × 100"],
      ["of fill in a wider box", { width: 800, height: 100, fit: "fill" }, "400 × 100"],
      ["of a picture turned", { width: 100, rotate: 90 }, "100 × 200"],
      ["of a picture upside down", { width: 100, rotate: 180 }, "100 × 50"],
      ["of a crop", { crop: { left: 0, top: 0, width: 50, height: 60 } }, "50 × 60"],
      [
        "of a crop that is scaled",
        { width: 10, crop: { left: 0, top: 0, width: 50, height: 60 } },
        "10 × 12",
      ],
      [
        "of a crop that leads out",
        { crop: { left: 390, top: 150, width: 50, height: 60 } },
        "10 × 50",
      ],
    ] as [string, Partial<Operations>, string][]) {
      it(`${what} is ${expected}`, () => {
        assert.equal(sizeOf(operations), expected);
      });
    }

    it("is never less than a pixel", () => {
      assert.equal(sizeOf({ width: 10 }, { width: 4000, height: 3 }), "10 × 1");
    });

    it("has the sides of the picture as its orientation shows it", () => {
      for (let orientation = 1; orientation <= 8; orientation++) {
        const expected = orientation < 5 ? "100 × 50" : "50 × 100";
        assert.equal(
          sizeOf({ width: 100, height: 100, fit: "inside" }, { ...landscape, orientation }),
          expected,
        );
      }
    });

    it("is refused where it has more pixels than a rendition may have", () => {
      assert.throws(() => plan({ width: 8000, enlarge: true }, { width: 100, height: 100 }), {
        statusCode: 413,
        code: "RenditionTooLarge",
      });
      assert.throws(() => plan({}, { width: 10_000, height: 10_000 }), {
        code: "RenditionTooLarge",
      });
    });
  });

  describe("the part that covers the box", () => {
    for (const [gravity, left] of [
      ["west", 0],
      ["northwest", 0],
      ["center", 50],
      ["north", 50],
      ["southeast", 100],
      ["east", 100],
    ] as const) {
      it(`begins ${left} pixels from the left by ${gravity}`, () => {
        const { cut } = plan({ width: 100, height: 100, gravity });
        assert.deepEqual(cut, { left, top: 0, width: 100, height: 100 });
      });
    }

    it("has the point in its middle, as far as the picture goes", () => {
      const at = (x: number) => {
        const { cut } = plan({ width: 100, height: 100, gravity: { x, y: 0.5 } });
        return cut && "left" in cut && cut.left;
      };
      assert.deepEqual([0, 0.25, 0.375, 0.5, 0.7, 1].map(at), [0, 0, 25, 50, 90, 100]);
    });

    it("is about what the image is about, wherever that comes to lie", () => {
      const focal = { x: 0.75, y: 0.5 };
      const box = { width: 100, height: 100 };
      const left = (operations: Partial<Operations>) => {
        const { cut } = plan({ ...box, ...operations }, landscape, focal);
        return cut && "left" in cut && [cut.left, cut.top];
      };
      assert.deepEqual(left({}), [100, 0]);
      assert.deepEqual(left({ flop: true }), [0, 0]);
      assert.deepEqual(left({ rotate: 90 }), [0, 100]);
      assert.deepEqual(left({ rotate: 270 }), [0, 0]);
      assert.deepEqual(left({ gravity: "center" }), [50, 0]);
      assert.deepEqual(left({ crop: { left: 200, top: 0, width: 200, height: 100 } }), [50, 0]);
      assert.deepEqual(left({ crop: { left: 0, top: 0, width: 200, height: 100 } }), [100, 0]);
    });

    it("is left to whoever sees the pixels by gravity auto", () => {
      assert.deepEqual(plan({ width: 100, height: 100, gravity: "auto" }).cut, {
        where: "auto",
        width: 100,
        height: 100,
      });
    });

    it("is cut before it is enlarged, where the whole would be too large", () => {
      const { crop, scaled, cut } = plan(
        { width: 1000, height: 1000, enlarge: true, gravity: "north" },
        { width: 10, height: 10_000 },
      );
      assert.deepEqual(crop, { left: 0, top: 0, width: 10, height: 10 });
      assert.deepEqual(scaled, { width: 1000, height: 1000 });
      assert.equal(cut, undefined);
    });
  });

  describe("the raster", () => {
    it("is cropped where the crop lies in the picture that it shows", () => {
      const crop = { left: 10, top: 20, width: 30, height: 40 };
      const of = (orientation: number) => plan({ crop }, { ...landscape, orientation }).crop;
      assert.deepEqual(of(1), crop);
      assert.deepEqual(of(2), { left: 360, top: 20, width: 30, height: 40 });
      assert.deepEqual(of(3), { left: 360, top: 140, width: 30, height: 40 });
      assert.deepEqual(of(6), { left: 20, top: 160, width: 40, height: 30 });
      assert.deepEqual(of(8), { left: 340, top: 10, width: 40, height: 30 });
    });

    it("is scaled before it is turned", () => {
      const { scaled, turn } = plan({ width: 100 }, { ...landscape, orientation: 6 });
      assert.deepEqual(
        [scaled, turn],
        [
          { width: 200, height: 100 },
          { mirrored: false, degrees: 90 },
        ],
      );
    });

    for (const crop of [
      { left: 400, top: 0, width: 10, height: 10 },
      { left: 0, top: 200, width: 10, height: 10 },
    ]) {
      it(`is refused a crop from ${crop.left}, ${crop.top}, outside of it`, () => {
        assert.throws(() => plan({ crop }), {
          statusCode: 400,
          message: "crop begins outside of the image, which has 400 × 200 pixels.",
        });
      });
    }
  });

  describe("the canvas", () => {
    it("has the picture where gravity says, by default in the middle", () => {
      const canvas = (gravity?: Operations["gravity"]) =>
        plan({ width: 100, height: 100, fit: "contain", ...(gravity && { gravity }) }).canvas;
      assert.deepEqual(canvas(), { width: 100, height: 100, left: 0, top: 25 });
      assert.deepEqual(canvas("north"), { width: 100, height: 100, left: 0, top: 0 });
      assert.deepEqual(canvas("southeast"), { width: 100, height: 100, left: 0, top: 50 });
    });

    it("is none where the picture fills the box", () => {
      assert.equal(plan({ width: 100, height: 50, fit: "contain" }).canvas, undefined);
    });
  });
});
