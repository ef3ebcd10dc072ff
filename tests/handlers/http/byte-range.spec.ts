import assert from "node:assert/strict";
import { selectRange } from "../../../handlers/http/byte-range";

describe("selectRange", () => {
  const image = { size: 100, etag: '"a"' };
  const select = (range: string, ifRange = "") => selectRange({ range, ifRange }, image);

  for (const [range, first, last] of [
    ["bytes=0-0", 0, 0],
    ["bytes=10-19", 10, 19],
    ["bytes=10-", 10, 99],
    ["bytes=99-", 99, 99],
    ["bytes=-10", 90, 99],
    ["bytes=-1000", 0, 99],
    ["bytes=90-1000", 90, 99],
    [`bytes=0-${"9".repeat(400)}`, 0, 99],
    ["Bytes=1-2 ", 1, 2],
  ] as const) {
    it(`takes ${range.slice(0, 20)} for bytes ${first} to ${last}`, () => {
      assert.deepEqual(select(range), { first, last });
    });
  }

  for (const range of [
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=2-1",
    "bytes=a-b",
    "bytes=0-1,4-5",
    "bytes= 0-1",
    "bytes=1.5-2",
    "bytes=--1",
    "items=0-1",
  ]) {
    it(`takes "${range}" for the whole`, () => {
      assert.equal(select(range), undefined);
    });
  }

  for (const range of ["bytes=100-", "bytes=100-200", "bytes=-0", `bytes=${"9".repeat(400)}-`]) {
    it(`refuses ${range.slice(0, 20)}, telling the size`, () => {
      assert.throws(() => select(range), {
        statusCode: 416,
        code: "RangeNotSatisfiable",
        headers: { "Content-Range": "bytes */100" },
      });
    });
  }

  it("takes the range if the client's part is of the same image", () => {
    assert.deepEqual(select("bytes=1-2", '"a"'), { first: 1, last: 2 });
  });

  for (const ifRange of ['"b"', 'W/"a"', "a", "Wed, 21 Oct 2015 07:28:00 GMT"]) {
    it(`takes the whole with If-Range: ${ifRange}`, () => {
      assert.equal(select("bytes=1-2", ifRange), undefined);
      assert.equal(select("bytes=100-", ifRange), undefined);
    });
  }
});
