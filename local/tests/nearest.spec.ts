import assert from "node:assert/strict";
import { nearest } from "../nearest";

describe("nearest", () => {
  const keys = ["prefix", "alertEmail", "environment"];

  it("finds what a misspelt name most likely means, in whichever case", () => {
    assert.equal(nearest("prefx", keys), "prefix");
    assert.equal(nearest("alertemial", keys), "alertEmail");
    assert.equal(nearest("ENVIROMENT", keys), "environment");
  });

  it("takes the closest of several, and the first of those that are equally close", () => {
    assert.equal(nearest("tagz", ["tags_all", "tag", "tags"]), "tag");
    assert.equal(nearest("tags_al", ["tags", "tags_all"]), "tags_all");
  });

  it("finds nothing where all are too far, or there are none", () => {
    assert.equal(nearest("quota", keys), undefined);
    assert.equal(nearest("prefix", []), undefined);
  });
});
