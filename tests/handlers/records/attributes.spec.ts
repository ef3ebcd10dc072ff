import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "../../../handlers/http/canonical-json";
import { parseExactly } from "../../../handlers/http/json";
import { fromAttributes, toAttributes } from "../../../handlers/records/attributes";
import type { Fields } from "../../../handlers/records/document";

describe("attributes", () => {
  it("name the types of values", () => {
    const fields = parseExactly(
      '{"s":"","n":1.50,"big":12345678901234567890,"t":true,"z":null,"l":[{}],"m":{"a":[]}}',
    );
    assert.deepEqual(toAttributes(fields as Fields), {
      s: { S: "" },
      n: { N: "1.50" },
      big: { N: "12345678901234567890" },
      t: { BOOL: true },
      z: { NULL: true },
      l: { L: [{ M: {} }] },
      m: { M: { a: { L: [] } } },
    });
  });

  it("come back as the same JSON value, members called like those of prototypes included", () => {
    const assertSame = (text: string) => {
      const fields = parseExactly(text) as Fields;
      const back = fromAttributes(toAttributes(fields));
      assert.equal(canonicalJson(back), canonicalJson(fields));
      assert.deepEqual(Object.keys(back), Object.keys(fields));
    };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        assertSame(JSON.stringify(fields));
      }),
    );
    assertSame('{"__proto__":{"__proto__":[1]},"constructor":{"prototype":null}}');
  });

  it("that JSON does not have become what is nearest", () => {
    const fields = fromAttributes({
      numbers: { NS: ["1", "2.5"] },
      texts: { SS: ["a"] },
      bytes: { B: new Uint8Array([255]) },
      all: { BS: [new Uint8Array([]), new Uint8Array([0])] },
    });
    assert.equal(
      JSON.stringify(fields),
      '{"numbers":[1,2.5],"texts":["a"],"bytes":"/w==","all":["","AA=="]}',
    );
  });
});
