import assert from "node:assert/strict";
import fc from "fast-check";
import { checkText, decodeUtf8 } from "../../../handlers/http/utf8";

describe("decodeUtf8", () => {
  it("gives back any text, with what decoders put in place of damage, and with its mark", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        assert.equal(decodeUtf8(Buffer.from(text), "body"), text);
      }),
    );
    for (const text of ["\ufeffa", "\ufffd", "e\u0301", "\u00e9"]) {
      assert.equal(decodeUtf8(Buffer.from(text), "body"), text);
    }
  });

  const broken: Record<string, [number[], number]> = {
    "a letter of Latin-1": [[0x4a, 0x6f, 0x73, 0xe9, 0x22], 3],
    "a letter that is cut off": [[0xc3, 0xa4, 0xe2, 0x82], 2],
    "the beginning of another": [[0x61, 0xef, 0xbf, 0x61], 1],
    "one that is behind a sign of replacement": [[0xef, 0xbf, 0xbd, 0x61, 0xff], 4],
    "a surrogate": [[0x61, 0xed, 0xa0, 0x80], 1],
    "more bytes than a letter needs": [[0xc0, 0xaf], 0],
    "a character beyond the last": [[0x61, 0x62, 0xf4, 0x90, 0x80, 0x80], 2],
    "UTF-16 with its mark": [[0xff, 0xfe, 0x7b, 0x00], 0],
  };
  for (const [what, [bytes, offset]] of Object.entries(broken)) {
    it(`refuses ${what}, with its offset`, () => {
      assert.throws(() => decodeUtf8(Buffer.from(bytes), "body"), {
        statusCode: 400,
        message: `body must be UTF-8, and is not at byte ${offset}.`,
      });
    });
  }
});

describe("checkText", () => {
  it("gives back text, and refuses what the gateway has replaced, with its offset", () => {
    assert.equal(checkText("é🏞", "userId"), "é🏞");
    assert.throws(() => checkText("é🏞\ufffd", "userId"), {
      message: "userId must be UTF-8, and is not at byte 6.",
    });
  });
});
