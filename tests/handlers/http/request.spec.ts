import assert from "node:assert/strict";
import { findHeader, headerLines, singleParameters } from "../../../handlers/http/request";
import { apiEvent } from "../support";

describe("headerLines", () => {
  it("tells the lines of a header apart, however each is spelled", () => {
    const multiValueHeaders = { Authorization: ["a", "b, c"], AUTHORIZATION: ["d"] };
    const event = { headers: { Authorization: "b, c" }, multiValueHeaders };
    assert.deepEqual(headerLines(event, "authorization"), ["a", "b, c", "d"]);
    assert.deepEqual(headerLines({ headers: { authorization: "a" } }, "authorization"), ["a"]);
    assert.deepEqual(headerLines(event, "accept"), []);
  });
});

describe("singleParameters", () => {
  it("leaves out what is empty and may be", () => {
    const event = apiEvent({ query: { a: "1", b_c: "", d: "" } });
    assert.deepEqual(singleParameters(event, ["bC"]), { a: "1", d: "" });
    assert.deepEqual(singleParameters(event), { a: "1", b_c: "", d: "" });
    assert.deepEqual(singleParameters(apiEvent({})), {});
  });

  it("refuses what is given twice, even alike", () => {
    const event = apiEvent({ query: { a: ["1", "1"], b: "2" } });
    assert.throws(() => singleParameters(event), { message: "a must be given only once." });
  });
});

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
