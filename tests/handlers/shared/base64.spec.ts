import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBase64 } from "../../../handlers/shared/base64";

describe("decodeBase64", () => {
  const decode = (text: string) => decodeBase64(text, "image/png", "image_data");
  const refusal = { statusCode: 400, code: "InvalidRequest", message: /^image_data / };

  it("gives back any bytes, with and without a matching prefix", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        assert.deepEqual(new Uint8Array(decode(text)), bytes);
        assert.deepEqual(new Uint8Array(decode(`data:image/png;base64,${text}`)), bytes);
        assert.deepEqual(new Uint8Array(decode(`DATA:Image/PNG;Base64,${text}`)), bytes);
      }),
    );
  });

  it("accepts no text but what the bytes are written as", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("A", "Q", "g", "+", "/", "-", "_", "=", " ", "\n") }),
        (text) => {
          if (Buffer.from(text, "base64").toString("base64") !== text) {
            assert.throws(() => decode(text), refusal);
          }
        },
      ),
    );
  });

  for (const text of [
    "A===",
    "AAAAA",
    "AAA",
    "AB==",
    "AAB=",
    "AA-_",
    "AAAA AAAA",
    "AAAA=",
    "====",
    "AAAA\r\n",
    "<<<%%%>>>",
    "data:image/png;base64",
    "data:image/gif;base64,AAAA",
    "data:image/png,AAAA",
    "data:image/png;charset=utf-8;base64,AAAA",
    "data:;base64,AAAA",
    "data:image/png;base64,data:image/png;base64,AAAA",
    "base64,AAAA",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => decode(text), refusal);
    });
  }
});
