import assert from "node:assert/strict";
import { invalidationMatcher } from "../../../aws/cloudfront/invalidation-paths";

describe("invalidationMatcher", () => {
  const cases: [string, string, boolean][] = [
    ["/i/a/*", "/i/a/thumb", true],
    ["/i/a/*", "/i/a/", true],
    ["/i/a/*", "/i/a", false],
    ["/i/a/*", "/i/ab/thumb", false],
    ["/i/a*", "/i/ab/thumb?v=1", true],
    ["/*", "/", true],
    ["*", "/a", true],
    ["i/a", "/i/a", true],
    ["/i/a", "/i/a", true],
    ["/i/a", "/i/A", false],
    ["/i/a", "/i/a?v=1", false],
    ["/i/a?v=1", "/i/a?v=1", true],
    ["/i/a?v=*", "/i/a?v=1&w=2", true],
    ["/i/?", "/i/a", false],
    ["/a.b", "/acb", false],
    ["/%C3%A4", "/%C3%A4", true],
  ];
  for (const [path, url, matches] of cases) {
    it(`means ${matches ? "" : "not "}${url} by ${path}`, () => {
      assert.equal(invalidationMatcher(["/other", path])(url), matches);
    });
  }
});
