import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { assertError, call } from "./support/api";
import { listImages, metadataOf, tryUpload, uploadImage } from "./support/images";
import { outcomeOf, uploadDirectly } from "./support/direct-uploads";
import { useStack } from "./support/use-stack";
import { waitUntil } from "./support/wait-until";
import { makeDamagedPng } from "../support/images";

describe("an image that was stored", () => {
  const stack = useStack();

  async function untilRejected(imageId: string): Promise<void> {
    await waitUntil(async () => (await call(stack(), `/images/${imageId}`)).status === 404);
    const answer = await call(stack(), `/images/${imageId}`);
    assertError(answer, 404, "ImageRejected");
    assert.equal((answer.body.reason as { code: string }).code, "UnreadableImage");
  }

  it("is described soon after", async () => {
    const { thumbHash, ...found } = await uploadImage(stack(), { userId: "looks" });
    assert.ok(thumbHash);
    const { dominantColor, transparent, frames, perceptualHash } = found;
    assert.deepEqual(
      { dominantColor, transparent, frames, perceptualHash },
      {
        dominantColor: "#c85028",
        transparent: false,
        frames: 1,
        perceptualHash: "0000000000000000",
      },
    );
  });

  it("is found by what looks like it, among the images of its user", async () => {
    const userId = `looks-${randomUUID()}`;
    const [one, other] = await Promise.all([1, 2].map(() => uploadImage(stack(), { userId })));
    const { images } = await listImages(stack(), { similarTo: String(one?.imageId) });
    assert.deepEqual(
      images.map(({ imageId }) => imageId),
      [other?.imageId],
    );
  });

  it("is rejected when it cannot be decoded, and can then be deleted", async () => {
    const image = await makeDamagedPng();
    const answer = await tryUpload(stack(), { userId: "looks", image });
    assert.equal(answer.status, 201);
    const { imageId } = metadataOf(answer);
    await untilRejected(imageId);
    assertError(await call(stack(), `/images/${imageId}/content`), 404, "ImageRejected");
    const { status } = await call(stack(), `/images/${imageId}`, { method: "DELETE" });
    assert.equal(status, 204);
    assertError(await call(stack(), `/images/${imageId}`), 404, "ImageNotFound");
  });

  it("says so of a direct upload, too", async () => {
    const created = await uploadDirectly(stack(), await makeDamagedPng());
    await outcomeOf(stack(), created);
    await untilRejected(created.uploadId);
    const { body } = await call(stack(), `/uploads/${created.uploadId}`);
    assert.equal(body.status, "rejected");
    await call(stack(), `/images/${created.uploadId}`, { method: "DELETE" });
  });
});
