import assert from "node:assert/strict";
import { randomId } from "../../aws/random-id";

describe("random text", () => {
  it("has as many bytes as asked for", () => {
    assert.match(randomId(12, "hex"), /^[0-9a-f]{24}$/);
    assert.equal(Buffer.from(randomId(11, "base64"), "base64").length, 11);
  });

  it("never gives the same bytes twice, however many are taken", () => {
    const texts = Array.from({ length: 2000 }, () => randomId(12, "hex"));
    assert.equal(new Set(texts).size, texts.length);
  });
});
