import assert from "node:assert/strict";
import { isLimitRefusal, tellsOfLimit } from "../../../scripts/soak/limits";

function answer(status: number, body: unknown) {
  return { status, headers: new Headers(), bytes: Buffer.from(JSON.stringify(body)) };
}

describe("limits of users in the soak", () => {
  const code = "UserLimitReached";

  it("are reached when the numbers show it", () => {
    const images = { code, limit: "images", maxImages: 2, images: 2, bytes: 9, size: 1 };
    const bytes = { code, limit: "bytes", maxBytes: 10, images: 2, bytes: 9, size: 2 };
    for (const [told, isReached] of [
      [images, true],
      [{ ...images, images: 1 }, false],
      [{ ...images, maxImages: undefined }, false],
      [bytes, true],
      [{ ...bytes, size: 1 }, false],
      [{ ...bytes, maxBytes: undefined }, false],
      [{ ...images, code: "NotYourUser" }, false],
      [{}, false],
    ] as const) {
      assert.equal(isLimitRefusal(answer(403, told)), isReached, JSON.stringify(told));
    }
    assert.equal(isLimitRefusal(answer(400, images)), false);
  });

  it("are told of rejected uploads, and of what would be their images", () => {
    assert.equal(tellsOfLimit(answer(200, { status: "rejected", reason: { code } })), true);
    assert.equal(tellsOfLimit(answer(404, { code: "ImageRejected", reason: { code } })), true);
    for (const other of [{ code }, { reason: { code: "UnreadableImage" } }, "reason", null]) {
      assert.equal(tellsOfLimit(answer(200, other)), false);
    }
  });
});
