import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { decodeBase64 } from "../../../handlers/http/base64";

describe("decodeBase64", () => {
  const decode = (text: string, contentType = "image/png") =>
    decodeBase64(text, contentType, "imageData");
  const refusal = { statusCode: 400, code: "InvalidRequest", message: /^imageData / };

  /** In lines of 76 characters. */
  function inLines(text: string, lineBreak: string): string {
    return (text.match(/.{1,76}/g) ?? []).map((line) => line + lineBreak).join("");
  }

  it("gives back any bytes, however encoders write them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        const forUrls = Buffer.from(bytes).toString("base64url");
        const written = [
          text,
          text.replace(/=+$/, ""),
          forUrls,
          forUrls + text.replace(/^[^=]*/, ""),
          inLines(text, "\n"),
          inLines(text, "\r\n"),
          inLines(text, "\n  "),
          ` ${text}\n`,
        ];
        for (const form of written) {
          assert.deepEqual(new Uint8Array(decode(form)), bytes, form);
          assert.deepEqual(new Uint8Array(decode(`data:image/png;base64,${form}`)), bytes);
        }
      }),
    );
  });

  for (const [prefix, contentType] of [
    ["DATA:Image/PNG;Base64,", "image/png"],
    ["data:image/png;charset=utf-8;base64,", "image/png"],
    ["data:image/jpg;base64,", "image/jpeg"],
    ["data:image/jpeg;base64,", "image/pjpeg"],
    ["data:image/x-png;base64,", "image/apng"],
    ["data:application/octet-stream;base64,", "image/gif"],
    ["data:;base64,", "image/gif"],
    ["data:image/webp;base64,", "application/octet-stream"],
  ] as const) {
    it(`strips ${prefix} for ${contentType}`, () => {
      assert.deepEqual(decode(`${prefix}AAAA`, contentType), Buffer.alloc(3));
    });
  }

  it("gives back megabytes, whatever they end with", () => {
    for (const length of [48 * 1024, 48 * 1024 + 1, 96 * 1024 - 1, 1_000_000]) {
      const bytes = randomBytes(length);
      assert.ok(decode(bytes.toString("base64")).equals(bytes));
      assert.ok(decode(`data:image/png;base64,${bytes.toString("base64")}`).equals(bytes));
      assert.ok(decode(bytes.toString("base64url")).equals(bytes));
    }
  });

  it("refuses one wrong character among many, wherever it is", () => {
    const text = Buffer.alloc(100_000, 0xfb).toString("base64");
    // Of the last, Node.js takes the low byte, and so it for an A.
    for (const wrong of ["-", "=", "\0", "\u00c1", "\u0141"]) {
      for (const at of [0, 1, 64 * 1024 - 1, 64 * 1024, text.length - 3]) {
        const damaged = text.slice(0, at) + wrong + text.slice(at + 1);
        assert.throws(() => decode(damaged), refusal, `${JSON.stringify(wrong)} at ${at}`);
      }
    }
  });

  it("takes a long text of spaces for none, in no time", () => {
    assert.throws(() => decode(`A${" ".repeat(4_000_000)}A`), refusal);
  });

  for (const text of [
    "A",
    "A===",
    "AAAAA",
    "AB==",
    "AB",
    "AAB=",
    "AA=",
    "AA==AA==",
    "AA+_",
    "AA AA",
    "AAAA AAAA",
    "AA\tAA",
    "AAAA=",
    "====",
    "==",
    "<<<%%%>>>",
    "AA%3D%3D",
    "AAAA\u0000",
    "ÄAAA",
    "data:image/png;base64",
    "data:image/gif;base64,AAAA",
    "data:text/html;base64,AAAA",
    "data:image/png,AAAA",
    "data:image/png;base64,data:image/png;base64,AAAA",
    "base64,AAAA",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => decode(text), refusal);
    });
  }
});
