import assert from "node:assert/strict";
import { allOf, anyOf, is, not } from "../../../policy-pack/lib/truth";
import { unknownValue } from "../../../policy-pack/lib/values";

describe("what can be told of statements that are not known in part", () => {
  it("is settled by one that does not hold, where all have to", () => {
    assert.equal(allOf([]), true);
    assert.equal(allOf([true, true]), true);
    assert.equal(allOf([true, unknownValue]), unknownValue);
    assert.equal(allOf([unknownValue, false]), false);
  });

  it("is settled by one that holds, where any is enough", () => {
    assert.equal(anyOf([]), false);
    assert.equal(anyOf([false, false]), false);
    assert.equal(anyOf([false, unknownValue]), unknownValue);
    assert.equal(anyOf([unknownValue, true]), true);
  });

  it("is as little of the opposite", () => {
    assert.equal(not(true), false);
    assert.equal(not(false), true);
    assert.equal(not(unknownValue), unknownValue);
  });

  it("is nothing of a value that is not known", () => {
    assert.equal(is("*", "*"), true);
    assert.equal(is("s3:*", "*"), false);
    assert.equal(is(undefined, "*"), false);
    assert.equal(is(unknownValue, "*"), unknownValue);
  });
});
