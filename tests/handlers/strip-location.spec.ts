import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import sharp from "sharp";
import { ingest } from "../../handlers/uploads/ingest";
import { makeImage } from "../support/images";
import { imageDeps } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { useSdkSettings } from "./support";

describe("an upload that says where it was taken", () => {
  useSdkSettings();
  const cloud = useImagesCloud();

  async function upload(image: Buffer, stripLocation: boolean) {
    const upload = { image, contentType: undefined, userId: "u", imageName: "n", tags: {} };
    return (await ingest(upload, { ...imageDeps(), stripLocation }, randomUUID())).metadata;
  }

  const photo = async () =>
    await sharp(await makeImage("png"))
      .jpeg()
      .withExif({ IFD3: { GPSLatitudeRef: "N", GPSMapDatum: "somewhere-1" } })
      .toBuffer();

  it("is stored without that, and says so", async () => {
    const image = await photo();
    const { key, etag, size, locationRemoved } = await upload(image, true);
    const stored = await cloud().read(key);
    assert.deepEqual([locationRemoved, size, stored.length], [true, image.length, image.length]);
    assert.ok(!stored.includes("somewhere-1"));
    assert.equal(etag, createHash("md5").update(stored).digest("hex"));
  });

  it("is blanked where it lies in memory, without a copy", async () => {
    const image = await photo();
    const { key } = await upload(image, true);
    assert.deepEqual(await cloud().read(key), image);
    assert.ok(!image.includes("somewhere-1"));
  });

  it("is stored as it came where that is not asked for, or nothing is to be removed", async () => {
    for (const [image, isStripped] of [
      [await photo(), false],
      [await makeImage("png"), true],
    ] as const) {
      const metadata = await upload(Buffer.from(image), isStripped);
      assert.ok(!("locationRemoved" in metadata));
      assert.deepEqual(await cloud().read(metadata.key), image);
    }
  });
});
