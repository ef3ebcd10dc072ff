import { strict as assert } from "node:assert";
import { measure } from "../../../views/images/measure";

describe("what a URL comes to", () => {
  it("is its bytes and type, and how long it takes when it is first asked for, and at once again", async () => {
    const times = [100, 150, 157];
    const asked: string[] = [];
    const measured = await measure("WebP", "http://cdn/i/1", {
      load: (url) => {
        asked.push(url);
        return Promise.resolve({ bytes: 42, contentType: "image/webp" });
      },
      now: () => times.shift() ?? 0,
    });
    assert.deepEqual(measured, {
      name: "WebP",
      bytes: 42,
      contentType: "image/webp",
      firstMs: 50,
      againMs: 7,
    });
    assert.deepEqual(asked, ["http://cdn/i/1", "http://cdn/i/1"]);
  });
});
