import assert from "node:assert/strict";
import { etagOf, isKnown } from "../../../handlers/http/entity-tags";

describe("etagOf", () => {
  it("makes the same strong tag of the same text only", () => {
    assert.match(etagOf("ü"), /^"[\w-]{43}"$/);
    assert.equal(etagOf("ü"), etagOf("ü"));
    assert.notEqual(etagOf("ü"), etagOf("u"));
  });
});

describe("isKnown", () => {
  for (const known of [
    '"a"',
    'W/"a"',
    "*",
    " * ",
    '"b", "a"',
    '"b",W/"a"',
    '"x,y" , "a"',
    '*, "b"',
    '"b", *',
  ]) {
    it(`holds for If-None-Match: ${known}`, () => {
      assert.ok(isKnown('"a"', known));
    });
  }

  for (const unknown of [
    "",
    '"b"',
    "a",
    '"A"',
    '"a b"',
    '"',
    '"b", W/"c"',
    '"ba"',
    "**",
    '"*"',
    '"b", "*"',
    '"*,*"',
    "a*, b",
  ]) {
    it(`does not hold for If-None-Match: ${unknown}`, () => {
      assert.ok(!isKnown('"a"', unknown));
    });
  }

  it("takes no time to speak of on a hostile list", () => {
    assert.ok(!isKnown('"a"', '"'.repeat(100_001)));
    assert.ok(!isKnown('"a"', `"${"x".repeat(100_000)}`));
  });
});
