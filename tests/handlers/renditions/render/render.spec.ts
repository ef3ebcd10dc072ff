import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import * as jpeg from "jpeg-js";
import sharp from "sharp";
import { ApiError } from "../../../../handlers/http/errors";
import { fits, imageFormats, positions } from "../../../../handlers/renditions/operations";
import {
  insertIntoJpeg,
  insertIntoPng,
  insertProfile,
  jpegSegment,
  pngChunk,
  prefixedExif,
  rareJpegs,
} from "../../../support/image-files";
import {
  animation,
  black,
  blue,
  decodePng,
  green,
  makePng,
  nameOf,
  quarters,
  quartersOf,
  red,
  rendered,
  renderedPng,
  type Rgb,
  white,
  withOrientation,
  withScreen,
} from "./pictures";

/** What the four quarters of the picture show in the middle, for each way to turn them. */
const upright = "red green blue white";

/**
 * The raster of a picture by the definition of EXIF orientation: which side of the picture the first
 * row is, and which the first column.
 */
function rasterOf(width: number, height: number, orientation: number): Buffer {
  const isOnSide = orientation > 4;
  const isFromRight = [2, 3, 6, 7].includes(orientation);
  const isFromBottom = [3, 4, 7, 8].includes(orientation);
  const raster = { width: isOnSide ? height : width, height: isOnSide ? width : height };
  return makePng(raster.width, raster.height, (column, row) => {
    const [across, down] = isOnSide ? [row, column] : [column, row];
    const x = isFromRight ? width - 1 - across : across;
    const y = isFromBottom ? height - 1 - down : down;
    const [left, right] = y < height / 2 ? [red, green] : [blue, white];
    return x < width / 2 ? left : right;
  });
}

/** An animation of three frames without any two pixels that are alike. */
async function noisyAnimation(format: "gif" | "webp"): Promise<Buffer> {
  const [width, pageHeight, channels] = [16, 16, 3] as const;
  const height = 3 * pageHeight;
  const pixels = Buffer.from(
    Array.from({ length: width * height * channels }, (_, index) => (index * 40_503) >> 5),
  );
  return await sharp(pixels, { raw: { width, height, channels, pageHeight } })
    .toFormat(format, { lossless: true })
    .toBuffer();
}

async function oriented(width: number, height: number, orientation: number): Promise<Buffer> {
  return await sharp(rasterOf(width, height, orientation))
    .removeAlpha()
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .withMetadata({ orientation })
    .toBuffer();
}

describe("render", () => {
  describe("the orientation", () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      it(`${orientation} is baked in, whatever the fit`, async () => {
        const original = await oriented(80, 48, orientation);
        assert.equal(quartersOf(await renderedPng(original, {})), upright);
        for (const fit of fits) {
          const png = await renderedPng(original, { width: 40, height: 40, fit });
          const size = { inside: [40, 24], outside: [67, 40] }[fit as string] ?? [40, 40];
          assert.deepEqual([png.width, png.height], size, fit);
          if (fit !== "contain") {
            assert.equal(quartersOf(png), upright, fit);
          }
        }
      });

      it(`${orientation} is baked in before a crop, and the crop before the rest`, async () => {
        const original = await oriented(80, 48, orientation);
        const crop = { left: 40, top: 0, width: 40, height: 24 };
        const png = await renderedPng(original, { crop });
        assert.deepEqual([png.width, png.height], [40, 24]);
        assert.equal(quartersOf(png), "green green green green");
        const turned = await renderedPng(original, { rotate: 90, flop: true, width: 24 });
        assert.deepEqual([turned.width, turned.height], [24, 40]);
        assert.equal(quartersOf(turned), "red blue green white");
      });

      it(`${orientation} is baked in where gravity is found in the pixels`, async () => {
        const original = await oriented(80, 48, orientation);
        const png = await renderedPng(original, { width: 80, height: 10, gravity: "auto" });
        assert.deepEqual([png.width, png.height], [80, 10]);
      });

      it(`${orientation} is not written into an AVIF that has it baked in`, async () => {
        const original = await oriented(80, 48, orientation);
        const { bytes } = await rendered(original, { format: "avif", quality: 90 });
        const { width, height } = await sharp(bytes).metadata();
        assert.deepEqual([width, height], [80, 48]);
      });
    }
  });

  describe("the orientation that metadata state", () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      it(`${orientation} is baked in where the decoder does not find it`, async () => {
        const raster = rasterOf(80, 48, orientation);
        const original = insertIntoPng(
          raster,
          "IEND",
          pngChunk("eXIf", prefixedExif({ orientation })),
        );
        assert.equal((await sharp(original).metadata()).orientation, undefined);
        assert.equal(quartersOf(await renderedPng(original, {}, { orientation })), upright);
        const operations = { format: "avif", quality: 90 } as const;
        const { bytes } = await rendered(original, operations, { orientation });
        const { width, height } = await sharp(bytes).metadata();
        assert.deepEqual([width, height], [80, 48]);
      });

      it(`${orientation} counts rather than another that the decoder finds`, async () => {
        const raster = await sharp(rasterOf(80, 48, orientation))
          .png()
          .toBuffer();
        const other = (orientation % 8) + 1;
        const original = await sharp(raster).withMetadata({ orientation: other }).png().toBuffer();
        assert.equal((await sharp(original).metadata()).orientation, other);
        assert.equal(quartersOf(await renderedPng(original, {}, { orientation })), upright);
        const operations = { format: "avif", quality: 90 } as const;
        const { bytes } = await rendered(original, operations, { orientation });
        const decoded = await sharp(bytes).autoOrient().png().toBuffer();
        assert.equal(quartersOf(decodePng(decoded)), upright);
      });
    }
  });

  describe("turning", () => {
    for (const [operations, expected] of [
      [{ rotate: 90 }, "blue red white green"],
      [{ rotate: 180 }, "white blue green red"],
      [{ rotate: 270 }, "green white red blue"],
      [{ flip: true }, "blue white red green"],
      [{ flop: true }, "green red white blue"],
      [{ rotate: 90, flip: true }, "white green blue red"],
      [{ rotate: 90, flop: true }, "red blue green white"],
    ] as const) {
      it(`by ${JSON.stringify(operations)} shows ${expected}`, async () => {
        assert.equal(quartersOf(await renderedPng(quarters(80, 48), operations)), expected);
      });
    }
  });

  describe("what is kept of the picture", () => {
    const strip = makePng(90, 30, (x) => [red, green, blue][Math.floor(x / 30)] ?? white);
    const box = { width: 30, height: 30 } as const;

    for (const [gravity, expected] of [
      ["west", "red"],
      ["center", "green"],
      ["southeast", "blue"],
    ] as const) {
      it(`by gravity ${gravity} is ${expected}`, async () => {
        const png = await renderedPng(strip, { ...box, gravity });
        assert.equal(quartersOf(png), Array(4).fill(expected).join(" "));
      });
    }

    it("is around the point that is asked for, or that the image is about", async () => {
      const asked = await renderedPng(strip, { ...box, gravity: { x: 0.9, y: 0.5 } });
      assert.equal(quartersOf(asked), "blue blue blue blue");
      const own = await renderedPng(strip, box, { focalPoint: { x: 0.1, y: 0.5 } });
      assert.equal(quartersOf(own), "red red red red");
    });

    it("by gravity auto is where there is something to see", async () => {
      const side = 20;
      for (const at of [10, 250, 360]) {
        const picture = makePng(400, 100, (x, y) =>
          x >= at && x < at + side && y >= 40 && y < 60
            ? (x + y) % 4 < 2
              ? red
              : white
            : [90, 90, 90],
        );
        const png = await renderedPng(picture, { width: 100, height: 100, gravity: "auto" });
        const seen = Array.from({ length: 100 }, (_, x) => nameOf(png.at(x, 50)));
        assert.ok(seen.filter((name) => name === "red").length > 4, `at ${at}`);
      }
    });

    it("is the part that is cropped, to the pixel", async () => {
      const grid = makePng(20, 20, (x, y) => [x * 10, y * 10, 0]);
      const png = await renderedPng(grid, { crop: { left: 3, top: 5, width: 7, height: 2 } });
      assert.deepEqual([png.width, png.height], [7, 2]);
      assert.deepEqual(png.at(0, 0), [30, 50, 0, 255]);
      assert.deepEqual(png.at(6, 1), [90, 60, 0, 255]);
    });

    it("is on a canvas of the background by contain", async () => {
      const png = await renderedPng(strip, {
        width: 60,
        height: 60,
        fit: "contain",
        background: "000000",
      });
      assert.deepEqual([png.width, png.height], [60, 60]);
      assert.deepEqual(png.at(30, 5), [0, 0, 0, 255]);
      assert.equal(nameOf(png.at(30, 30)), "green");
      const clear = await renderedPng(strip, {
        width: 60,
        height: 60,
        fit: "contain",
        background: "00000000",
      });
      assert.equal(clear.at(30, 5)[3], 0);
      assert.equal(clear.at(30, 30)[3], 255);
    });
  });

  describe("transparency", () => {
    const half = makePng(20, 20, (x) => (x < 10 ? [255, 0, 0, 255] : [0, 0, 255, 0]));

    it("stays in formats that have it", async () => {
      const png = await renderedPng(half, {});
      assert.deepEqual([png.at(2, 2)[3], png.at(17, 2)[3]], [255, 0]);
      for (const format of ["webp", "avif", "gif"] as const) {
        const { bytes } = await rendered(half, { format });
        const { data } = await sharp(bytes)
          .ensureAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
        assert.ok((data[(2 * 20 + 2) * 4 + 3] ?? 0) > 250, format);
        assert.ok((data[(2 * 20 + 17) * 4 + 3] ?? 255) < 5, format);
      }
    });

    it("becomes the background where it is flattened, and in JPEG", async () => {
      const flat = await renderedPng(half, { flatten: true, background: "00ff00" });
      assert.deepEqual(flat.at(17, 2), [0, 255, 0, 255]);
      const { bytes } = await rendered(half, { format: "jpeg" });
      const { data } = jpeg.decode(bytes);
      assert.equal(nameOf([...data.subarray((2 * 20 + 17) * 4)]), "white");
    });
  });

  describe("filters", () => {
    it("take away colours, but for the watermark's", async () => {
      const mark = makePng(10, 10, () => red);
      const watermark = {
        position: "northwest",
        opacity: 1,
        scale: 0.5,
        fingerprint: "0",
      } as const;
      const png = await renderedPng(
        quarters(40, 40),
        { grayscale: true, watermark },
        { watermark: { bytes: mark } },
      );
      const [r = 0, g = 0, b = 0] = png.at(30, 10);
      assert.ok(Math.max(r, g, b) - Math.min(r, g, b) <= 2);
      assert.deepEqual(png.at(5, 5), [255, 0, 0, 255]);
    });

    it("blur edges and sharpen them", async () => {
      const edge = makePng(40, 40, (x) => (x < 20 ? [80, 80, 80] : [160, 160, 160]));
      const at = async (operations: object) =>
        (await renderedPng(edge, operations)).at(19, 20)[0] ?? 0;
      assert.equal(await at({}), 80);
      assert.ok((await at({ blur: 3 })) > 90);
      assert.ok((await at({ sharpen: 2 })) < 78);
    });
  });

  describe("the watermark", () => {
    const ground = makePng(100, 50, () => white);
    const mark = makePng(10, 10, () => black);
    const laid = (over: object, watermark = mark) => {
      const place = { position: "southeast", opacity: 1, scale: 0.2, fingerprint: "0", ...over };
      return renderedPng(
        ground,
        { watermark: place as never },
        { watermark: { bytes: watermark } },
      );
    };

    it("is as wide a part as is asked for, and where", async () => {
      const png = await laid({});
      assert.deepEqual([nameOf(png.at(80, 30)), nameOf(png.at(99, 49))], ["black", "black"]);
      assert.deepEqual([nameOf(png.at(79, 40)), nameOf(png.at(90, 29))], ["white", "white"]);
      const middle = await laid({ position: "center" });
      assert.deepEqual([nameOf(middle.at(50, 25)), nameOf(middle.at(99, 49))], ["black", "white"]);
    });

    it("lets through what is behind it by its opacity", async () => {
      assert.ok(Math.abs(((await laid({ opacity: 0.5 })).at(90, 40)[0] ?? 0) - 128) <= 2);
    });

    it("is never higher than the rendition", async () => {
      const png = await laid({ scale: 1 });
      assert.deepEqual([png.width, png.height], [100, 50]);
      assert.deepEqual([nameOf(png.at(99, 0)), nameOf(png.at(49, 0))], ["black", "white"]);
    });

    it("may be grey, of 16 bits, or of another orientation", async () => {
      const grey = await sharp(mark).grayscale().removeAlpha().png().toBuffer();
      assert.equal(nameOf((await laid({}, grey)).at(90, 40)), "black");
      const deep = await sharp(mark).toColourspace("rgb16").png().toBuffer();
      assert.equal(nameOf((await laid({}, deep)).at(90, 40)), "black");
      const png = await laid({ scale: 0.4 }, await oriented(80, 48, 6));
      assert.equal(nameOf(png.at(61, 27)), "red");
    });
  });

  describe("metadata", () => {
    const place = "48.8583 N 2.2945 E";

    async function revealing(): Promise<Buffer> {
      const jpegBytes = await sharp(quarters(64, 48))
        .removeAlpha()
        .withExif({ IFD0: { Copyright: place, Artist: place }, IFD3: { GPSMapDatum: place } })
        .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${place}</x:xmpmeta>`)
        .withIccProfile("p3")
        .jpeg()
        .toBuffer();
      const iptc = Buffer.from(
        `Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x17\x1c\x02\x50\0\x12${place}\0`,
        "latin1",
      );
      const comment = jpegSegment(0xfe, Buffer.from(place));
      return insertIntoJpeg(jpegBytes, jpegSegment(0xed, iptc), comment);
    }

    for (const format of imageFormats) {
      it(`is gone from ${format}`, async () => {
        const original = await revealing();
        assert.ok(original.includes(place) && original.includes("ICC_PROFILE"));
        for (const operations of [
          {},
          { width: 20 },
          { crop: { left: 1, top: 1, width: 9, height: 9 } },
        ]) {
          const { bytes } = await rendered(original, { ...operations, format });
          for (const trace of [
            place,
            "Exif",
            "EXIF",
            "xmp",
            "XMP",
            "ICC_PROFILE",
            "iCCP",
            "ICCP",
            "8BIM",
            "eXIf",
          ]) {
            assert.equal(bytes.includes(trace), false, trace);
          }
          const { exif, icc, iptc, xmp, orientation } = await sharp(bytes).metadata();
          assert.deepEqual([exif, icc, iptc, xmp, orientation], Array(5).fill(undefined));
        }
      });
    }

    it("is gone from animations", async () => {
      const revealed = await sharp(await animation([red, blue], { format: "webp" }), {
        animated: true,
      })
        .withExif({ IFD0: { Copyright: place } })
        .webp()
        .toBuffer();
      assert.ok(revealed.includes(place));
      for (const format of ["webp", "gif"] as const) {
        assert.equal((await rendered(revealed, { format })).bytes.includes(place), false);
      }
    });
  });

  describe("colour", () => {
    const samples: Rgb[] = [
      [200, 80, 40],
      [40, 120, 90],
      [90, 90, 160],
      [128, 128, 128],
      [230, 200, 150],
    ];
    const sampled = (colours: readonly Rgb[]) =>
      makePng(colours.length * 8, 8, (x) => colours[Math.floor(x / 8)] ?? white);

    async function assertColours(original: Buffer, expected: readonly Rgb[], tolerance = 3) {
      const png = await renderedPng(original, {});
      expected.forEach((colour, index) => {
        const seen = png.at(index * 8 + 4, 4);
        assert.ok(
          difference(seen, colour) <= tolerance,
          `${seen.join()} instead of ${colour.join()}`,
        );
      });
    }

    it("of Display P3 and of sRGB is that which sRGB has for it, in 8 and in 16 bits", async () => {
      const deep = await sharp(sampled(samples)).toColourspace("rgb16").png().toBuffer();
      for (const [name, expected] of [
        ["p3", samples.map(fromDisplayP3)],
        ["srgb", samples],
      ] as const) {
        const profiled = await sharp(sampled(samples)).withIccProfile(name).toBuffer();
        const { icc } = await sharp(profiled).metadata();
        assert.ok(icc);
        for (const png of [sampled(samples), deep]) {
          await assertColours(insertProfile(png, icc), expected);
        }
      }
      assert.equal((await sharp(deep).metadata()).depth, "ushort");
      assert.ok(samples.some((colour) => difference(colour, fromDisplayP3(colour)) > 5));
    });

    it("of a lossless JPEG is that of the whole, however small", async () => {
      const png = await renderedPng(rareJpegs.lossless, { width: 4 });
      // Of 16 × 8 pixels, whose values count up from 0, the means of 4 × 4.
      const means = [25.5, 29.5, 33.5, 37.5, 89.5, 93.5, 97.5, 101.5];
      means.forEach((mean, index) => {
        const [seen = 0] = png.at(index % 4, Math.floor(index / 4));
        assert.ok(Math.abs(seen - mean) <= 4, `${seen} instead of ${mean}`);
      });
    });

    it("of linear grey is that which sRGB has for it, in 8 and in 16 bits", async () => {
      const grey = sampled([[55, 55, 55]]);
      for (const space of ["b-w", "grey16"]) {
        const png = await sharp(grey).removeAlpha().toColourspace(space).png().toBuffer();
        assert.equal((await sharp(png).metadata()).space, space);
        await assertColours(insertProfile(png, linearGrey()), [[128, 128, 128]]);
      }
    });

    it("of a background is the same behind grey pictures and around them", async () => {
      const half = makePng(8, 8, () => [128, 128, 128, 128]);
      for (const space of ["b-w", "grey16"]) {
        const original = await sharp(half).toColourspace(space).png().toBuffer();
        assert.equal((await sharp(original).metadata()).space, space);
        const flat = await renderedPng(original, { flatten: true, background: "00ff00" });
        assert.ok(difference(flat.at(4, 4), [64, 191, 64]) <= 2, flat.at(4, 4).join());
        const canvas = { width: 40, height: 20, fit: "contain", enlarge: true } as const;
        const around = await renderedPng(original, { ...canvas, background: "00ff00" });
        assert.deepEqual(around.at(1, 1), [0, 255, 0, 255]);
        assert.ok(Math.abs((around.at(20, 10)[3] ?? 0) - 128) <= 1, around.at(20, 10).join());
      }
    });

    it("of CMYK is that which Little CMS has for it, with a profile and without", async () => {
      const printed: Rgb[] = [
        [170, 100, 80],
        [90, 120, 100],
        [110, 110, 150],
        [128, 128, 128],
        [220, 200, 170],
      ];
      // ImageMagick 6.9, of the same files and profiles, by perceptual intent.
      const byImageMagick: Record<"with" | "without", Rgb[]> = {
        with: [
          [170, 97, 77],
          [85, 116, 96],
          [112, 112, 147],
          [114, 114, 116],
          [213, 199, 172],
        ],
        without: [
          [170, 100, 82],
          [89, 119, 100],
          [112, 112, 151],
          [119, 119, 120],
          [215, 199, 170],
        ],
      };
      for (const profile of ["with", "without"] as const) {
        const image = sharp(sampled(printed)).removeAlpha().toColourspace("cmyk");
        const original = await (profile === "with" ? image.withIccProfile("cmyk") : image)
          .jpeg({ quality: 100 })
          .toBuffer();
        assert.equal((await sharp(original).metadata()).space, "cmyk");
        await assertColours(original, byImageMagick[profile]);
      }
    });

    it("of CMYK stays on a canvas of another colour, turned and cropped", async () => {
      const image = sharp(quarters(80, 48)).removeAlpha().toColourspace("cmyk");
      const original = withOrientation(await image.jpeg().toBuffer(), 6);
      assert.equal((await sharp(original).metadata()).space, "cmyk");
      const operations = {
        crop: { left: 0, top: 0, width: 48, height: 40 },
        width: 60,
        height: 60,
      };
      const png = await renderedPng(original, {
        ...operations,
        fit: "contain",
        background: "00ff00",
        enlarge: true,
      });
      assert.deepEqual([png.width, png.height], [60, 60]);
      assert.deepEqual(png.at(30, 2), [0, 255, 0, 255]);
      const [r = 0, g = 0, b = 0] = png.at(45, 30);
      assert.ok(r > 200 && g < 80 && b < 80, "red, which was above left, is above right");
    });

    it("of grey is grey", async () => {
      const greys: Rgb[] = [
        [0, 0, 0],
        [60, 60, 60],
        [128, 128, 128],
        [255, 255, 255],
      ];
      for (const space of ["b-w", "grey16"] as const) {
        const original = await sharp(sampled(greys))
          .removeAlpha()
          .toColourspace(space)
          .png()
          .toBuffer();
        await assertColours(original, greys);
      }
    });

    it("of 16 bits is that of 8, and takes no more", async () => {
      const original = await sharp(sampled(samples)).toColourspace("rgb16").png().toBuffer();
      assert.equal((await sharp(original).metadata()).bitsPerSample, 16);
      await assertColours(original, samples);
      const { bytes } = await rendered(original, {});
      assert.equal((await sharp(bytes).metadata()).bitsPerSample, 8);
    });

    it("of JPEG is near, as another decoder sees it", async () => {
      const { bytes } = await rendered(sampled(samples), { format: "jpeg", quality: 95 });
      const { data, width } = jpeg.decode(bytes);
      samples.forEach((colour, index) => {
        const seen = [...data.subarray((4 * width + index * 8 + 4) * 4).subarray(0, 3)];
        assert.ok(difference(seen, colour) <= 3, `${seen.join()} instead of ${colour.join()}`);
      });
    });
  });

  describe("an animation", () => {
    for (const from of ["gif", "webp"] as const) {
      for (const to of ["gif", "webp"] as const) {
        it(`of ${from} stays one in ${to}, with its order, times and loops`, async () => {
          const original = await animation([red, green, blue], { format: from });
          for (const operations of [
            {},
            { width: 20, height: 20 },
            { flip: true },
            { rotate: 180 },
            { rotate: 90 },
            { blur: 2 },
          ] as const) {
            const { bytes } = await rendered(original, { ...operations, format: to });
            const { pages, delay, loop } = await sharp(bytes).metadata();
            assert.deepEqual([pages, delay, loop], [3, [100, 200, 300], 2]);
            assert.deepEqual(await framesOf(bytes), ["red", "green", "blue"]);
          }
        });
      }
    }

    it("shows a frame for as long as can be written, where it is to be shown for longer", async () => {
      const original = await animation([red, blue]);
      // Hundredths of a second, of the second frame.
      original.writeUInt16LE(10_000, original.lastIndexOf(Buffer.of(0x21, 0xf9, 4)) + 4);
      assert.deepEqual((await sharp(original).metadata()).delay, [100, 100_000]);
      for (const format of ["gif", "webp"] as const) {
        const { bytes } = await rendered(original, { format });
        const [first, second = 0] = (await sharp(bytes).metadata()).delay ?? [];
        assert.equal(first, 100);
        assert.ok(second >= 65_530 && second <= 65_540, String(second));
      }
    });

    it("as a still has colours that the original has not, as scaling mixes them", async () => {
      const stripes = makePng(40, 20, (x) => (x % 2 === 0 ? red : blue));
      const original = await sharp(stripes).gif().toBuffer();
      const { bytes } = await rendered(original, { width: 20, format: "gif" });
      const seen = decodePng(await sharp(bytes).png().toBuffer()).at(10, 5);
      assert.ok(difference(seen, [128, 0, 128]) < 8, seen.join());
    });

    it("has frames that do not run into each other", async () => {
      const original = await animation([red, blue], { width: 40, height: 40 });
      const { bytes } = await rendered(original, {
        width: 11,
        height: 11,
        blur: 3,
        format: "webp",
        quality: 100,
      });
      const { data, info } = await sharp(bytes, { animated: true })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const row = (y: number) => nameOf([...data.subarray(y * info.width * 3).subarray(0, 3)]);
      assert.deepEqual([row(0), row(10), row(11), row(21)], ["red", "red", "blue", "blue"]);
    });

    it("is as large as the screen of a GIF, whatever decoders take that for", async () => {
      const original = withScreen(await animation([red, green]), 640, 480);
      for (const format of ["gif", "webp"] as const) {
        const { bytes, width, height } = await rendered(original, { format, width: 320 });
        assert.deepEqual([width, height], [320, 240]);
        const { pages, pageHeight } = await sharp(bytes, { animated: true }).metadata();
        assert.deepEqual([pages, pageHeight], [2, 240]);
      }
      const { bytes } = await rendered(original, { format: "png", width: 320 });
      const { at } = decodePng(bytes);
      assert.deepEqual([at(5, 5), at(300, 200)[3]], [[255, 0, 0, 255], 0]);
      const crop = { left: 0, top: 0, width: 40, height: 20 };
      const cut = await rendered(original, { format: "png", crop });
      assert.deepEqual(await framesOf(cut.bytes), ["red"]);
    });

    it("is transparent where a GIF has no frame, though it has no transparent colour", async () => {
      const opaque = await animation([red, green]);
      for (let at = 0; (at = opaque.indexOf(Buffer.of(0x21, 0xf9, 4), at)) >= 0; at += 4) {
        opaque[at + 3] = (opaque[at + 3] ?? 0) & ~1;
      }
      const original = withScreen(opaque, 60, 30);
      assert.equal((await sharp(original).metadata()).hasAlpha, false);
      const { bytes } = await rendered(original, { format: "webp" });
      for (const still of [
        await renderedPng(original, {}),
        decodePng(await sharp(bytes).png().toBuffer()),
      ]) {
        assert.deepEqual([still.at(5, 5)[3], still.at(50, 25)[3]], [255, 0]);
      }
      const whole = await renderedPng(opaque, { format: "png" });
      assert.equal(whole.at(5, 5)[3], 255);
    });

    it("is covered by the watermark in every frame", async () => {
      const watermark = { position: "center", opacity: 1, scale: 1, fingerprint: "0" } as const;
      const { bytes } = await rendered(
        await animation([red, green, blue]),
        { format: "gif", watermark },
        { watermark: { bytes: makePng(40, 20, () => black) } },
      );
      assert.deepEqual(await framesOf(bytes), ["black", "black", "black"]);
    });

    it("becomes its first frame in formats that have no more, and where it is too long", async () => {
      const original = await animation([red, green, blue]);
      for (const operations of [
        { format: "png" },
        { format: "jpeg" },
        { format: "avif" },
        { format: "webp", frames: 2 },
      ] as const) {
        const { bytes, height } = await rendered(original, operations);
        const { pages } = await sharp(bytes).metadata();
        assert.ok(pages === undefined || pages === 1, operations.format);
        assert.equal(height, 20);
        assert.deepEqual(await framesOf(bytes), ["red"]);
      }
    });

    for (const format of ["gif", "webp"] as const) {
      it(`in ${format} becomes its first frame where another cannot be decoded`, async () => {
        const whole = await noisyAnimation(format);
        const damaged = Buffer.from(whole);
        // Behind the headers of a WebP's last frame, and at the end of a GIF's.
        const start = format === "gif" ? whole.length - 80 : whole.lastIndexOf("ANMF") + 40;
        damaged.fill(0xff, start, whole.length - 2);
        const { bytes, contentType } = await rendered(damaged, { format: "webp", quality: 100 });
        assert.equal(contentType, "image/webp");
        assert.equal((await sharp(bytes).metadata()).pages, undefined);
        const stills = [
          bytes,
          (await rendered(whole, { format: "webp", frames: 1, quality: 100 })).bytes,
        ];
        assert.ok(stills[0]?.equals(stills[1] ?? Buffer.of()));
      });
    }

    it("of ten thousand frames becomes its first", async () => {
      const original = manyFrames(10_000);
      assert.equal((await sharp(original).metadata()).pages, 10_000);
      const { bytes, contentType } = await rendered(original, { format: "auto", accepts: "webp" });
      assert.deepEqual(
        [contentType, (await sharp(bytes).metadata()).pages],
        ["image/webp", undefined],
      );
    });
  });

  describe("what cannot be rendered", () => {
    it("is refused as unreadable where it is cut off, damaged or no image", async () => {
      const whole = await sharp(quarters(400, 300)).removeAlpha().jpeg().toBuffer();
      for (const original of [
        whole.subarray(0, whole.length / 2),
        whole.subarray(0, 20),
        quarters(400, 300).subarray(0, 1000),
        Buffer.from("no image"),
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        Buffer.alloc(0),
      ]) {
        await assert.rejects(rendered(original, { width: 100 }), {
          statusCode: 415,
          code: "UnreadableImage",
        });
      }
    });

    it("is refused as too large where a few bytes stand for more pixels than memory holds", async () => {
      const [side, rows] = [20_000, Buffer.alloc((20_000 / 8 + 1) * 20_000)];
      const size = Buffer.alloc(8);
      size.writeUInt32BE(side);
      size.writeUInt32BE(side, 4);
      const bomb = Buffer.concat([
        quarters(1, 1).subarray(0, 8),
        pngChunk("IHDR", Buffer.concat([size, Buffer.from([1, 0, 0, 0, 0])])),
        pngChunk("IDAT", deflateSync(rows)),
        pngChunk("IEND", Buffer.alloc(0)),
      ]);
      assert.ok(bomb.length < 100_000);
      for (const operations of [
        { width: 100 },
        { width: 100, height: 10, gravity: "auto" as const },
      ]) {
        await assert.rejects(rendered(bomb, operations), {
          statusCode: 413,
          code: "TooManyPixels",
        });
      }
    });

    it("is refused as too slow when the time is over", async () => {
      await assert.rejects(rendered(quarters(40, 40), {}, { secondsLeft: () => 0.9 }), {
        statusCode: 413,
        code: "RenditionTooSlow",
      });
      let seconds = 3;
      const original = await animation([red, green, blue, white]);
      await assert.rejects(
        rendered(original, { format: "gif" }, { secondsLeft: () => seconds-- }),
        {
          code: "RenditionTooSlow",
        },
      );
    });
  });

  it("makes an image or refuses, whatever is asked for", async () => {
    const originals = await Promise.all([
      oriented(31, 17, 6),
      sharp(makePng(23, 40, (x, y) => [x * 9, y * 5, 100, y % 2 ? 255 : 90]))
        .png()
        .toBuffer(),
      animation([red, green], { width: 16, height: 12 }),
      animation([red, green], { width: 12, height: 16, format: "webp" }),
      sharp(quarters(20, 20)).grayscale().removeAlpha().png().toBuffer(),
      sharp(quarters(20, 20)).removeAlpha().toColourspace("cmyk").jpeg().toBuffer(),
      sharp(makePng(1, 1, () => [1, 2, 3, 4]))
        .png()
        .toBuffer(),
    ]);
    const watermark = makePng(5, 9, () => [9, 9, 9, 99]);
    const side = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });
    const coordinate = fc.integer({ min: 0, max: 40 });
    const extent = fc.integer({ min: 1, max: 65_535 });
    const flag = fc.option(fc.constant(true as const), { nil: undefined });
    const point = fc.record({
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const part = fc.double({ min: 0.01, max: 1, noNaN: true });
    const asked = fc.record(
      {
        width: side,
        height: side,
        fit: fc.constantFrom(...fits),
        gravity: fc.oneof(fc.constantFrom("auto" as const, ...positions), point),
        crop: fc.record({ left: coordinate, top: coordinate, width: extent, height: extent }),
        rotate: fc.constantFrom(90 as const, 180 as const, 270 as const),
        flip: flag,
        flop: flag,
        background: fc.constantFrom("ff0000", "00ff0080"),
        flatten: flag,
        blur: fc.double({ min: 0.3, max: 100, noNaN: true }),
        sharpen: fc.double({ min: 0.3, max: 10, noNaN: true }),
        grayscale: flag,
        enlarge: flag,
        quality: fc.integer({ min: 1, max: 100 }),
        frames: fc.integer({ min: 1, max: 100 }),
        accepts: fc.constantFrom("avif" as const, "webp" as const, "none" as const),
        watermark: fc.record({
          position: fc.constantFrom(...positions),
          opacity: part,
          scale: part,
          fingerprint: fc.constant("0"),
        }),
      },
      { requiredKeys: [] },
    );
    const format = fc.constantFrom("auto" as const, ...imageFormats);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...originals),
        asked,
        format,
        async (original, given, to) => {
          const operations = JSON.parse(JSON.stringify({ ...given, format: to })) as typeof given;
          try {
            const { bytes, width, height } = await rendered(original, operations, {
              watermark: { bytes: watermark },
            });
            const stated = await sharp(bytes).metadata();
            assert.deepEqual([stated.width, stated.height], [width, height]);
          } catch (error) {
            assert.ok(error instanceof ApiError && error.statusCode === 400, String(error));
            assert.ok(operations.crop);
          }
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(120_000);
});

/** What the middle of each frame shows. */
async function framesOf(bytes: Buffer): Promise<string[]> {
  const { data, info } = await sharp(bytes, { animated: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const height = info.pageHeight ?? info.height;
  return Array.from({ length: info.height / height }, (_, frame) => {
    const y = frame * height + Math.floor(height / 2);
    const at = (y * info.width + Math.floor(info.width / 2)) * 3;
    return nameOf([...data.subarray(at, at + 3)]);
  });
}

/** A GIF of frames of one pixel. */
function manyFrames(count: number): Buffer {
  const header = Buffer.from("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  const control = "!\xf9\x04\0\x0a\0\0\0";
  const frame = Buffer.from(`${control},\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0`, "latin1");
  return Buffer.concat([header, ...Array<Buffer>(count).fill(frame), Buffer.from(";")]);
}

/** Red, green and blue of light from those of sRGB and Display P3, which share the curve. */
function linear(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function curved(light: number): number {
  const part = Math.min(1, Math.max(0, light));
  return 255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
}

/** A profile of greys whose values are proportional to light. https://www.color.org/specification/ICC.1-2022-05.pdf */
function linearGrey(): Buffer {
  const white = Buffer.from("XYZ \0\0\0\0\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d", "latin1");
  const curve = Buffer.from("curv\0\0\0\0\0\0\0\0", "latin1");
  const header = Buffer.alloc(128 + 4 + 2 * 12);
  header.writeUInt32BE(header.length + white.length + curve.length, 0);
  header.writeUInt32BE(0x02_40_00_00, 8);
  header.write("mntrGRAYXYZ ", 12, "latin1");
  header.write("acsp", 36, "latin1");
  white.copy(header, 68, 8);
  header.writeUInt32BE(2, 128);
  header.write("wtpt", 132, "latin1");
  header.writeUInt32BE(header.length, 136);
  header.writeUInt32BE(white.length, 140);
  header.write("kTRC", 144, "latin1");
  header.writeUInt32BE(header.length + white.length, 148);
  header.writeUInt32BE(curve.length, 152);
  return Buffer.concat([header, white, curve]);
}

/** https://www.w3.org/TR/css-color-4/#color-conversion-code */
function fromDisplayP3(colour: Rgb): Rgb {
  const [r = 0, g = 0, b = 0] = colour.map(linear);
  return [
    1.2249401762805598 * r - 0.2249401762805598 * g,
    -0.042056954709688 * r + 1.042056954709688 * g,
    -0.0196375546 * r - 0.0786360456 * g + 1.0982736001 * b,
  ].map(curved);
}

/** How different two colours look: CIE 1976. */
function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

function lab(colour: Rgb): number[] {
  const [r = 0, g = 0, b = 0] = colour.map(linear);
  const x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
  const [fx = 0, fy = 0, fz = 0] = [x, y, z].map((value) =>
    value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116,
  );
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}
