import { setTimeout as delay } from "node:timers/promises";
import { ask } from "./ask";
import { call } from "./call";
import { type Check, CheckFailed, expect, requireTaken } from "./check";
import type { Target } from "./target";

/** A PNG of one pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** As whom the image is uploaded. */
const userId = "smoke-test";

/** Milliseconds for an image to be looked at once it is stored, and between two questions. */
const describedWithinMs = 60_000;
const pauseMs = 1_000;

/** What an image goes through. Five requests and more count to the quota; in the end nothing is left. */
export const writeCheck: Check = {
  name: "An image is uploaded, rendered at the CDN, and deleted",
  run: async (target, signal) => {
    const imageId = await upload(target, signal);
    try {
      await render(target, imageId, signal);
    } finally {
      // Also when the command is being interrupted, and then without its signal.
      await remove(target, imageId);
    }
    const gone = await call(target, `/images/${imageId}`, { signal });
    expect(gone.status === 404, "404 of what was deleted", gone);
    return "and it is gone again";
  },
};

async function upload(target: Target, signal: AbortSignal): Promise<string> {
  const answer = await call(target, `/images?userId=${userId}&imageName=smoke-test`, {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: pixel,
    signal,
  });
  requireTaken(target, answer);
  expect(answer.status === 201, "201 of an upload", answer);
  return String(answer.body.imageId);
}

async function render(target: Target, imageId: string, signal: AbortSignal): Promise<void> {
  const end = Date.now() + describedWithinMs;
  for (;;) {
    const answer = await call(target, `/images/${imageId}`, { signal });
    expect(answer.status === 200, "200 of an image", answer);
    const { perceptualHash } = answer.body.metadata as Record<string, unknown>;
    if (perceptualHash !== undefined) {
      break;
    }
    if (Date.now() > end) {
      throw new CheckFailed(
        `the image was not described within ${describedWithinMs / 1000} seconds`,
      );
    }
    await delay(pauseMs, undefined, { signal });
  }
  const signed = await call(target, `/images/${imageId}/url?width=1&format=png`, { signal });
  expect(signed.status === 200, "200 with a signed URL", signed);
  const rendition = await ask(String(signed.body.url), { ca: target.ca, signal });
  const type = String(rendition.headers["content-type"]);
  expect(rendition.status === 200 && type === "image/png", "a PNG of the CDN", rendition);
}

async function remove(target: Target, imageId: string): Promise<void> {
  const answer = await call(target, `/images/${imageId}`, { method: "DELETE" });
  expect(
    answer.status === 204,
    `204 of DELETE /images/${imageId}, which may be left behind`,
    answer,
  );
}
