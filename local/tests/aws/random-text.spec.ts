import assert from "node:assert/strict";
import { randomText } from "../../aws/random-text";

describe("random text", () => {
  it("has as many bytes as asked for", () => {
    assert.match(randomText(12, "hex"), /^[0-9a-f]{24}$/);
    assert.equal(Buffer.from(randomText(11, "base64"), "base64").length, 11);
  });

  it("never gives the same bytes twice, however many are taken", () => {
    const texts = Array.from({ length: 2000 }, () => randomText(12, "hex"));
    assert.equal(new Set(texts).size, texts.length);
  });
});
