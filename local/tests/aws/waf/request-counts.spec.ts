import assert from "node:assert/strict";
import { RequestCounts } from "../../../aws/waf/request-counts";

describe("RequestCounts", () => {
  const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

  it("counts each address by itself", () => {
    const counts = new RequestCounts(60);
    assert.equal(counts.add("a", at(0)), 1);
    assert.equal(counts.add("a", at(1)), 2);
    assert.equal(counts.add("b", at(1)), 1);
  });

  it("forgets what is older than the window, bit by bit", () => {
    const counts = new RequestCounts(60);
    counts.add("a", at(0));
    counts.add("a", at(30));
    assert.equal(counts.add("a", at(59)), 3);
    assert.equal(counts.add("a", at(61)), 3);
    assert.equal(counts.add("a", at(200)), 1);
  });
});
