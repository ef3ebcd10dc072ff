import { strict as assert } from "node:assert";
import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { assertError, call } from "./support/api";
import { uploadImage } from "./support/images";
import {
  assertEdgeError,
  type EdgeAnswer,
  renditionsOf,
  signUrl,
  view,
  viewRendition,
} from "./support/renditions";
import { storedImages } from "./support/stack";
import { inTwoDays, sweepAt } from "./support/sweep";
import { useStack } from "./support/use-stack";
import { waitUntil } from "./support/wait-until";

/** When an image is deleted of which renditions are asked for. */
type Moment = (asked: Promise<EdgeAnswer>[], imageId: string) => Promise<unknown>;

/** An image that is red on the left and blue on the right. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "red" } })
    .composite([
      {
        input: { create: { width: width / 2, height, channels: 3, background: "blue" } },
        gravity: "east",
      },
    ])
    .png()
    .toBuffer();

describe("renditions over time", function () {
  this.timeout(60_000);
  const stack = useStack();

  async function upload(image: Buffer): Promise<string> {
    return (await uploadImage(stack(), { userId: "e2e-rendition-changes", image })).imageId;
  }

  async function remove(imageId: string): Promise<void> {
    const { status } = await call(stack(), `/images/${imageId}`, { method: "DELETE" });
    assert.equal(status, 204);
  }

  it("are made once or twice for a hundred who ask at once", async () => {
    const imageId = await upload(await halves(800, 600));
    const url = await signUrl(stack(), imageId, "?width=400&format=webp");
    const answers = await Promise.all(Array.from({ length: 100 }, () => view(stack(), url)));
    for (const { status, headers, bytes } of answers) {
      assert.deepEqual([status, headers["content-type"]], [200, "image/webp"]);
      assert.deepEqual(bytes, answers[0]?.bytes);
    }
    const made = await renditionsOf(stack(), imageId);
    assert.ok(made.length >= 1 && made.length <= 2, made.join("\n"));
    assert.deepEqual([...new Set(made)], [`i/${imageId}/width-400_format-webp`]);
  });

  it("above what a function can answer are in the bucket, and come from there the next time", async () => {
    const raw = { width: 1500, height: 1100, channels: 3 } as const;
    const image = await sharp(randomBytes(raw.width * raw.height * 3), { raw })
      .blur(0.6)
      .jpeg({ quality: 80 })
      .toBuffer();
    const { imageId } = await uploadImage(stack(), {
      userId: "e2e-rendition-changes",
      image,
      contentType: "image/jpeg",
    });
    // As large as the original and without loss, it is larger than that.
    const url = await signUrl(stack(), imageId, "?format=png&enlarge=true&width=2400");
    const first = await view(stack(), url);
    assert.equal(first.status, 302, first.bytes.toString("utf8").slice(0, 500));
    assert.equal(first.headers["cache-control"], "no-store");
    const led = await view(stack(), first.headers.location ?? "");
    assert.deepEqual([led.status, led.headers["content-type"]], [200, "image/png"]);
    assert.equal(led.headers["access-control-allow-origin"], "*");
    assert.ok(led.bytes.length > 4.5 * 1024 * 1024, String(led.bytes.length));
    const next = await view(stack(), url);
    assert.deepEqual([next.status, next.headers["content-type"]], [200, "image/png"]);
    assert.equal(next.bytes.equals(led.bytes), true);
    assert.equal((await renditionsOf(stack(), imageId)).length, 1);
  });

  it("are about something else once the focal point is, under the URL that they had", async () => {
    const imageId = await upload(await halves(80, 20));
    const url = await signUrl(stack(), imageId, "?width=10&height=20&format=png");
    const colourAt = async (x: number, y: number) => {
      const { status } = await call(stack(), `/images/${imageId}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ focal_point: { x, y } }),
      });
      assert.equal(status, 200);
      const { bytes } = await view(stack(), url);
      return [...(await sharp(bytes).removeAlpha().raw().toBuffer()).subarray(0, 3)];
    };
    assert.deepEqual(await colourAt(0.1, 0.5), [255, 0, 0]);
    assert.deepEqual(await colourAt(0.9, 0.5), [0, 0, 255]);
    assert.deepEqual(await renditionsOf(stack(), imageId), [
      `i/${imageId}/width-10_height-20_format-png`,
    ]);
  });

  it("go with their image, from the bucket and from the cache", async () => {
    const imageId = await upload(await halves(80, 20));
    const urls = await Promise.all(
      ["?width=20", "?width=30&format=webp", "?preset=thumb"].map((query) =>
        signUrl(stack(), imageId, query),
      ),
    );
    for (const url of [...urls, ...urls]) {
      assert.equal((await view(stack(), url)).status, 200);
    }
    assert.equal((await renditionsOf(stack(), imageId)).length, 3);
    await remove(imageId);
    assert.deepEqual(await renditionsOf(stack(), imageId), []);
    for (const url of urls) {
      assertEdgeError(await view(stack(), url), 404, "ImageNotFound");
    }
    assertError(await call(stack(), `/images/${imageId}/url`), 404, "ImageNotFound");
    assert.deepEqual(await renditionsOf(stack(), imageId), []);
  });

  it("leave nothing when they are made while their image is deleted", async () => {
    const ids = await Promise.all(
      Object.values<Moment>({
        atOnce: () => Promise.resolve(),
        onceOneIsStored: (_asked, imageId) =>
          waitUntil(async () => (await renditionsOf(stack(), imageId)).length > 0),
        onceOneIsAnswered: (asked) => Promise.race(asked),
      }).map(raceDelete),
    );
    await sweepAt(stack(), inTwoDays());
    for (const imageId of ids) {
      assert.deepEqual(await storedImages(stack(), imageId), []);
    }
  });

  /** Deletes an image while renditions of it are made. */
  async function raceDelete(moment: Moment): Promise<string> {
    const imageId = await upload(await halves(800, 600));
    const urls = await Promise.all(
      [200, 300, 400].map((width) => signUrl(stack(), imageId, `?width=${width}&format=webp`)),
    );
    const asked = urls.map((url) => view(stack(), url));
    await moment(asked, imageId);
    await remove(imageId);
    for (const answer of await Promise.all(asked)) {
      assertRenderedOrGone(answer);
    }
    for (const url of urls) {
      assertEdgeError(await view(stack(), url), 404, "ImageNotFound");
    }
    assert.deepEqual(await renditionsOf(stack(), imageId), []);
    return imageId;
  }

  it("are those of one image alone", async () => {
    const [gone, kept] = [await upload(await halves(80, 20)), await upload(await halves(80, 20))];
    await viewRendition(stack(), gone, "?width=10&format=png");
    await viewRendition(stack(), kept, "?width=10&format=png");
    await remove(gone);
    const { headers } = await viewRendition(stack(), kept, "?width=10&format=png");
    assert.match(headers["x-cache"] ?? "", /^Hit/);
    assert.equal((await renditionsOf(stack(), kept)).length, 1);
  });
});

function assertRenderedOrGone(answer: EdgeAnswer): void {
  if (answer.status !== 200) {
    assertEdgeError(answer, 404, "ImageNotFound");
  }
}
