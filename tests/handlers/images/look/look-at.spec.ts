import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { thumbHashToApproximateAspectRatio } from "thumbhash";
import { ApiError } from "../../../../handlers/http/errors";
import { lookAt } from "../../../../handlers/images/look/look-at";
import { hashDistance } from "../../../../handlers/images/look/perceptual-hash";
import { insertProfile, rareJpegs } from "../../../support/image-files";

/** A picture with a light, a dark and a red place, of no symmetry. */
function picture(width = 400, height = 300): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 400 300">
    <rect width="400" height="300" fill="#3366cc"/><circle cx="90" cy="80" r="60" fill="#fff"/>
    <rect x="250" y="170" width="120" height="100" fill="#111"/>
    <path d="M20 280 L160 180 L200 290 Z" fill="#c22"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

describe("lookAt", function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "look-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  async function look(bytes: Buffer, fields: { orientation?: number; contentType?: string } = {}) {
    // Sharp keeps what it has read by the name of the file, until `sharp.cache(false)`.
    const file = path.join(folder, randomUUID());
    await writeFile(file, bytes);
    const stored = { path: file, size: bytes.length, maxPixels: 100_000_000 };
    return await lookAt({ ...stored, contentType: "image/jpeg", ...fields });
  }

  const jpeg = () => picture().jpeg({ quality: 90 }).toBuffer();

  it("tells the colour that most of an image has", async () => {
    assert.equal((await look(await picture().png().toBuffer())).dominantColor, "#3366cc");
  });

  it("tells that of 16 bits with a colour profile in sRGB, too", async () => {
    const profiled = await picture().withIccProfile("srgb").png().toBuffer();
    const { icc } = await sharp(profiled).metadata();
    assert.ok(icc);
    const deep = await picture().toColourspace("rgb16").png().toBuffer();
    assert.equal((await look(insertProfile(deep, icc))).dominantColor, "#3366cc");
  });

  it("makes a ThumbHash of the shape of the image", async () => {
    const { thumbHash } = await look(await jpeg());
    const ratio = thumbHashToApproximateAspectRatio(Buffer.from(thumbHash, "base64"));
    assert.ok(Math.abs(ratio - 4 / 3) < 0.2, String(ratio));
  });

  it("takes a GIF for as large as its screen, also where its decoder does not", async () => {
    for (const frames of [1, 2]) {
      const pages = [picture(400, 300), picture(400, 300).negate()].slice(0, frames);
      const buffers = await Promise.all(pages.map((page) => page.png().toBuffer()));
      const gif = await (
        frames > 1 ? sharp(buffers, { join: { animated: true } }) : sharp(buffers[0])
      )
        .gif()
        .toBuffer();
      gif.writeUInt16LE(1600, 6);
      gif.writeUInt16LE(1200, 8);
      const found = await look(gif, { contentType: "image/gif" });
      assert.deepEqual([found.frames, found.transparent], [frames, true]);
      const thumbHash = Buffer.from(found.thumbHash, "base64");
      assert.ok(Math.abs(thumbHashToApproximateAspectRatio(thumbHash) - 4 / 3) < 0.2);
      const small = await look(await sharp(gif).png().toBuffer(), { contentType: "image/png" });
      assert.ok(hashDistance(found.perceptualHash, small.perceptualHash) > 10);
    }
  });

  const copies: [string, (image: Sharp) => Sharp][] = [
    ["a third of the size", (image) => image.resize(133)],
    ["three times the size", (image) => image.resize(1200)],
    ["a poor JPEG", (image) => image.jpeg({ quality: 30 })],
    ["a WebP", (image) => image.webp({ quality: 60 })],
    ["a PNG of 64 colours", (image) => image.png({ colours: 64 })],
    ["a brighter one", (image) => image.modulate({ brightness: 1.15 }).jpeg()],
    ["a grey one", (image) => image.greyscale().jpeg()],
  ];
  for (const [what, change] of copies) {
    it(`makes nearly the same perceptual hash of ${what}`, async () => {
      const original = await jpeg();
      const copy = await change(sharp(original)).toBuffer();
      const hashes = [await look(original), await look(copy)].map((it) => it.perceptualHash);
      assert.match(hashes[0] ?? "", /^[0-9a-f]{16}$/);
      assert.ok(hashDistance(hashes[0] ?? "", hashes[1] ?? "") <= 6, hashes.join());
    });
  }

  it("makes another of another image, of a turned one and of a mirrored one", async () => {
    const original = await jpeg();
    const { perceptualHash } = await look(original);
    for (const other of [
      sharp(original).rotate(90),
      sharp(original).flop(),
      sharp(original).flip(),
    ]) {
      const found = await look(await other.jpeg().toBuffer());
      assert.ok(hashDistance(perceptualHash, found.perceptualHash) > 16);
    }
  });

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`looks at an image of orientation ${orientation} as it is shown`, async () => {
      const stored = await sharp(await jpeg())
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      const shown = await look(await sharp(stored).autoOrient().png().toBuffer());
      const found = await look(stored, { orientation });
      assert.ok(hashDistance(shown.perceptualHash, found.perceptualHash) <= 4);
    });
  }

  it("finds a single pixel that is transparent, in 8 and in 16 bits", async () => {
    const opaque = Buffer.alloc(500 * 500 * 4, 255);
    const one = Buffer.from(opaque);
    one[4 * 77_777 + 3] = 250;
    const raw = { width: 500, height: 500, channels: 4 } as const;
    for (const [data, transparent] of [
      [opaque, false],
      [one, true],
    ] as const) {
      const image = sharp(data, { raw });
      assert.equal((await look(await image.clone().png().toBuffer())).transparent, transparent);
      const deep = await image.clone().toColourspace("rgb16").png().toBuffer();
      assert.equal((await look(deep)).transparent, transparent);
      const webp = await image.clone().webp({ lossless: true }).toBuffer();
      assert.equal((await look(webp)).transparent, transparent);
    }
    assert.equal((await look(await jpeg())).transparent, false);
  });

  it("counts the frames of animations, and decodes the first alone", async () => {
    const frames = Array.from({ length: 300 }, (_, index) =>
      Buffer.alloc(16 * 16 * 3, index === 0 ? 200 : 20 + (index % 2) * 60 + (index % 3) * 20),
    );
    const raw = { width: 16, height: 16 * 300, channels: 3, pageHeight: 16 } as const;
    const image = sharp(Buffer.concat(frames), { raw, limitInputPixels: false });
    for (const bytes of [
      await image.clone().gif().toBuffer(),
      await image.clone().webp().toBuffer(),
    ]) {
      const found = await look(bytes);
      assert.equal(found.frames, 300);
      assert.match(found.dominantColor, /^#c[5-9a-b]/);
    }
  });

  for (const colours of ["b-w", "cmyk", "rgb16"] as const) {
    it(`looks at an image in ${colours}`, async () => {
      const changed = picture().toColourspace(colours);
      const bytes = await (colours === "cmyk" ? changed.jpeg() : changed.png()).toBuffer();
      const hashes = [await look(bytes), await look(await jpeg())].map((it) => it.perceptualHash);
      assert.ok(hashDistance(hashes[0] ?? "", hashes[1] ?? "") <= 6, hashes.join());
    });
  }

  it("takes a JPEG without an end that has all its pixels, as cameras leave it", async () => {
    const whole = await jpeg();
    assert.deepEqual(await look(whole.subarray(0, -2)), await look(whole));
  });

  for (const [name, bytes] of Object.entries(rareJpegs)) {
    it(`takes or refuses a JPEG as what it is: ${name}`, async () => {
      const found = await look(bytes).catch((error: unknown) => error);
      assert.ok(!(found instanceof Error) || found instanceof ApiError, String(found));
    });
  }

  const broken: [string, () => Promise<Buffer>][] = [
    ["a JPEG that is cut off", async () => (await jpeg()).subarray(0, 4000)],
    [
      "a JPEG that is cut off, and has an end",
      async () => Buffer.concat([(await jpeg()).subarray(0, 4000), Buffer.of(0xff, 0xd9)]),
    ],
    [
      "a PNG with damaged pixels",
      async () => (await picture().png().toBuffer()).fill(0x55, 200, 400),
    ],
    ["a PNG that is cut off", async () => (await picture().png().toBuffer()).subarray(0, 2000)],
    [
      "a PNG whose header has another checksum",
      async () => {
        const bytes = await picture().png().toBuffer();
        return bytes.fill(bytes.readUInt8(29) ^ 1, 29, 30);
      },
    ],
    [
      "a PNG whose palette has another checksum",
      async () => {
        const bytes = await picture().png({ palette: true }).toBuffer();
        const at = bytes.indexOf("PLTE") + 4;
        return bytes.fill(bytes.readUInt8(at) ^ 1, at, at + 1);
      },
    ],
    [
      "an interlaced PNG with damaged pixels",
      async () => (await picture().png({ progressive: true }).toBuffer()).fill(0x55, 200, 400),
    ],
    [
      "a GIF with damaged pixels",
      async () => (await picture().gif().toBuffer()).fill(0xee, 1200, 1500),
    ],
    ["a WebP that is cut off", async () => (await picture().webp().toBuffer()).subarray(0, 600)],
    ["what is no image", () => Promise.resolve(Buffer.from("<html>"))],
  ];
  for (const [what, bytes] of broken) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(look(await bytes()), (error) => {
        assert.ok(error instanceof ApiError, String(error));
        assert.equal(error.code, "UnreadableImage");
        return true;
      });
    });
  }

  it("says of what decoders warned, and not that a warning is an error", async () => {
    const bytes = await picture().png().toBuffer();
    bytes.writeUInt8(bytes.readUInt8(29) ^ 1, 29);
    await assert.rejects(look(bytes), (error) => {
      assert.ok(error instanceof ApiError, String(error));
      assert.equal(error.message, "The image cannot be decoded: IHDR: CRC error.");
      return true;
    });
  });

  it("lets errors out that are no fault of the image", async () => {
    const file = { path: path.join(folder, "none"), size: 1, contentType: "image/png" };
    await assert.rejects(
      lookAt({ ...file, maxPixels: 1 }),
      (error) => !(error instanceof ApiError),
    );
    const bytes = await jpeg();
    await writeFile(path.join(folder, "large"), bytes);
    await assert.rejects(
      lookAt({ ...file, path: path.join(folder, "large"), maxPixels: 100 }),
      (error) => !(error instanceof ApiError),
    );
  });
});
