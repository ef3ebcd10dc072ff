import assert from "node:assert/strict";
import { createDynamoDb } from "../../../handlers/shared/clients";
import { Images } from "../../../handlers/shared/images";
import type { ImageMetadata } from "../../../handlers/shared/images-table";
import { imagesTable, useDynalite } from "../dynalite";
import { settings, useSdkSettings } from "../support";

describe("Images", () => {
  useSdkSettings();
  useDynalite(imagesTable);
  const image: ImageMetadata = {
    imageId: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    timestamp: "2026-01-02T03:04:05.678Z",
    userId: "ü",
    imageName: "n",
    key: "images/0123/6f9619ff-8b86-4d01-b42d-00cf4fc964ff.png",
    contentType: "image/png",
    size: 5,
    tags: { constructor: "c", "": "" },
  };
  const other = { ...image, key: "images/4567/6f9619ff-8b86-4d01-b42d-00cf4fc964ff.gif" };

  const images = () => new Images(createDynamoDb(), settings.IMAGES_TABLE);

  it("gives back what was added", async () => {
    await images().add(image);
    assert.deepEqual(await images().get(image.imageId), image);
  });

  it("adds the same upload again, as the SDK does when an answer was lost", async () => {
    await images().add(image);
    await images().add(image);
    assert.deepEqual(await images().get(image.imageId), image);
  });

  it("never overwrites another image", async () => {
    await images().add(image);
    await assert.rejects(images().add(other), { name: "ConditionalCheckFailedException" });
    assert.deepEqual(await images().get(image.imageId), image);
  });

  it("removes an image, whether it is there or not", async () => {
    await images().add(image);
    await images().remove(image);
    assert.equal(await images().get(image.imageId), undefined);
    await images().remove(image);
  });

  it("never removes another image", async () => {
    await images().add(image);
    await assert.rejects(images().remove(other), { name: "ConditionalCheckFailedException" });
    assert.deepEqual(await images().get(image.imageId), image);
  });
});
