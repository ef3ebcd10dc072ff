import assert from "node:assert/strict";
import { findHeader } from "../../../handlers/shared/request";

describe("findHeader", () => {
  it("joins the lines of a header, however each is spelled", () => {
    const multiValueHeaders = { "If-None-Match": ['"a"', '"b", "c"'], "IF-NONE-MATCH": ['"d"'] };
    const event = { headers: { "If-None-Match": '"b", "c"' }, multiValueHeaders };
    assert.equal(findHeader(event, "if-none-match"), '"a", "b", "c", "d"');
  });

  it("takes the one value where an event has no lines", () => {
    for (const multiValueHeaders of [undefined, null, {}]) {
      const event = { headers: { Accept: "image/*" }, multiValueHeaders };
      assert.equal(findHeader(event, "accept"), "image/*");
    }
  });

  it("finds nothing in an event without headers, and an empty value where it was sent", () => {
    assert.equal(findHeader({ headers: null, multiValueHeaders: null }, "accept"), undefined);
    assert.equal(findHeader({}, "accept"), undefined);
    assert.equal(findHeader({ headers: { Accept: "" } }, "accept"), "");
  });
});
