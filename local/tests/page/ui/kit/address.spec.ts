import assert from "node:assert/strict";
import { isBelow } from "../../../../page/ui/kit/address";

describe("an address of the page", () => {
  for (const [hash, list, expected] of [
    ["#/requests/abc", "#/requests", true],
    ["#/requests/abc", "#/requests?status=4xx", true],
    ["#/images/abc", "", true],
    ["#/inbox/mails/a.eml", "#/inbox/mails", true],
    ["#/inbox/queues/a", "#/inbox/mails", false],
    ["#/requests", "#/requests/abc", false],
    ["#/requests?status=4xx", "#/requests", false],
    ["#/requests/abc", "#/images", false],
  ] as const) {
    it(`${hash} is ${expected ? "" : "not "}of something that is listed at ${list || "the start"}`, () => {
      assert.equal(isBelow(hash, list), expected);
    });
  }
});
