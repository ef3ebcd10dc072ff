import assert from "node:assert/strict";
import * as z from "zod/mini";
import { InvalidRequestError, type Problem } from "../../../handlers/http/errors";
import {
  findHeader,
  headerLines,
  readBinary,
  readJson,
  singleParameters,
  validate,
} from "../../../handlers/http/request";
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

describe("validate", () => {
  it("tells a member with the empty name from the body", () => {
    const schema = z.strictObject({ a: z.string() });
    const problem = (value: unknown) => {
      try {
        return validate(schema, value);
      } catch (error) {
        assert.ok(error instanceof InvalidRequestError);
        const [first] = error.details.details as Problem[];
        return [first?.field, first?.pointer];
      }
    };
    assert.deepEqual(problem({ a: "1", "": 1 }), ['""', "/"]);
    assert.deepEqual(problem([]), ["body", ""]);
  });
});

describe("a body with a Content-Encoding", () => {
  const body = Buffer.from('{"a":1}').toString("base64");
  const event = (...codings: string[]) => ({
    ...apiEvent({ headers: { "content-type": "application/json", "Content-Encoding": codings } }),
    body,
    isBase64Encoded: true,
  });

  for (const coding of [
    "gzip",
    "x-gzip",
    "GZIP",
    "deflate",
    "br",
    "zstd",
    "compress",
    "nonsense",
  ]) {
    it(`is refused where it is ${coding}, with what to do`, () => {
      for (const read of [readBinary, readJson]) {
        for (const codings of [[coding], [`identity, ${coding}`], ["identity", coding]]) {
          assert.throws(() => read(event(...codings)), {
            statusCode: 415,
            code: "UnsupportedMediaType",
            message: `Content-Encoding must be left out, and is ${coding.toLowerCase()}: send the body as it is.`,
            headers: { "Accept-Encoding": "identity" },
          });
        }
      }
    });
  }

  it("is taken where that says that it is none", () => {
    for (const codings of [["identity"], ["Identity, identity"], [""], [" , "], []]) {
      assert.deepEqual(readJson(event(...codings)), { a: 1 });
      assert.equal(readBinary(event(...codings)).toString(), '{"a":1}');
    }
  });
});
