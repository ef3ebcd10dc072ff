import { strict as assert } from "node:assert";
import sharp from "sharp";
import { exif, insertIntoJpeg, jpegSegment, prefixedExif } from "../support/image-files";
import { uploadImage } from "./support/images";
import { viewRendition } from "./support/renditions";
import { useStack } from "./support/use-stack";

/** What kinds of programs send, and what they get of an opaque still, one with transparency, an animation. */
const viewers = [
  {
    name: "one that knows AVIF",
    accept: "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    formats: ["image/avif", "image/avif", "image/webp"],
  },
  {
    name: "one that knows WebP",
    accept: "image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    formats: ["image/webp", "image/webp", "image/webp"],
  },
  {
    name: "one that knows neither",
    accept: "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    formats: ["image/jpeg", "image/png", "image/gif"],
  },
  {
    name: "one that wants neither",
    accept: "image/avif;q=0,image/webp;q=0,*/*",
    formats: ["image/jpeg", "image/png", "image/gif"],
  },
] as const;

describe("the format of a rendition", () => {
  const stack = useStack();
  const ids: string[] = [];

  async function upload(image: Buffer, contentType: string): Promise<string> {
    const { imageId } = await uploadImage(stack(), { userId: "e2e-formats", image, contentType });
    return imageId;
  }

  before(async () => {
    ids.push(
      await upload(await square(3).jpeg().toBuffer(), "image/jpeg"),
      await upload(await square(4).png().toBuffer(), "image/png"),
      await upload(await animation(), "image/gif"),
    );
  });

  for (const { name, accept, formats } of viewers) {
    it(`is picked for ${name}`, async () => {
      const answers = await Promise.all(
        ids.map((id) => viewRendition(stack(), id, "?width=32", { headers: { accept } })),
      );
      assert.deepEqual(
        answers.map(({ headers }) => headers["content-type"]),
        formats,
      );
      for (const { headers } of answers) {
        assert.equal(headers.vary, "accept, origin");
      }
      const [opaque, transparent, animated] = await Promise.all(
        answers.map(({ bytes }) => sharp(bytes).metadata()),
      );
      assert.deepEqual([opaque?.width, opaque?.hasAlpha], [32, false]);
      assert.deepEqual([transparent?.width, transparent?.hasAlpha], [32, true]);
      assert.deepEqual([animated?.width, animated?.pages], [32, 3]);
    });
  }

  it("is the one that was asked for, whatever the viewer accepts", async () => {
    const headers = { accept: "image/avif,image/webp" };
    for (const format of ["avif", "webp", "jpeg", "png", "gif"]) {
      const answer = await viewRendition(stack(), ids[0] ?? "", `?width=16&format=${format}`, {
        headers,
      });
      assert.equal(answer.headers["content-type"], `image/${format}`);
      assert.equal(answer.headers.vary, "origin");
    }
  });

  it("keeps opaque what had been opaque, and transparent what had been transparent", async () => {
    const { bytes } = await viewRendition(stack(), ids[1] ?? "", "?width=16&format=webp");
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    assert.ok(Math.abs((data[3] ?? 0) - 128) <= 2, String(data[3]));
  });

  it("has no byte of what the original says of itself, and is turned as it is seen", async () => {
    const camera = Buffer.from("Camera of Ada, 47.5N 19.0E");
    const xmp = Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), camera]);
    const iptc = Buffer.concat([Buffer.from("Photoshop 3.0\0"), camera]);
    const photograph = insertIntoJpeg(
      await sharp({ create: { width: 64, height: 32, channels: 3, background: "#abcdef" } })
        .jpeg()
        .toBuffer(),
      jpegSegment(0xe1, Buffer.concat([prefixedExif({ orientation: 6 }), camera])),
      jpegSegment(0xe1, xmp),
      jpegSegment(0xed, iptc),
      jpegSegment(0xfe, camera),
    );
    const id = await upload(photograph, "image/jpeg");
    for (const format of ["avif", "webp", "jpeg", "png", "gif"]) {
      const { bytes } = await viewRendition(stack(), id, `?width=16&format=${format}`);
      const {
        width,
        height,
        orientation,
        exif: kept,
        xmp: also,
        iptc: too,
      } = await sharp(bytes).metadata();
      assert.deepEqual([width, height], [16, 32], format);
      assert.deepEqual(
        [orientation, kept, also, too],
        [undefined, undefined, undefined, undefined],
      );
      for (const trace of [camera, exif({ orientation: 6 }), Buffer.from("Exif")]) {
        assert.equal(bytes.includes(trace), false, `${format}: ${trace.toString("latin1")}`);
      }
    }
  });
});

/** A square of one colour, half transparent if it has four channels. */
function square(channels: 3 | 4): sharp.Sharp {
  const background = { r: 200, g: 80, b: 40, ...(channels === 4 && { alpha: 0.5 }) };
  return sharp({ create: { width: 64, height: 64, channels, background } });
}

/** Three frames. */
async function animation(): Promise<Buffer> {
  const frames = ["red", "green", "blue"].map((background) =>
    sharp({ create: { width: 64, height: 64, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: [100, 100, 100] })
    .toBuffer();
}
