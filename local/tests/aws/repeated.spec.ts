import assert from "node:assert/strict";
import { repeated } from "../../aws/repeated";

describe("repeated", () => {
  it("finds the first text that is there twice", () => {
    assert.equal(repeated(["a", "b", "c", "c", "b"]), "c");
  });

  it("finds none among texts that differ", () => {
    assert.equal(repeated(["a", "A", "", "b"]), undefined);
    assert.equal(repeated([]), undefined);
  });
});
