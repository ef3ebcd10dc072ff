import assert from "node:assert/strict";
import {
  specialArchiveSig,
  specialAssetSig,
  specialSecretSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { masked, revealed } from "../../../page/api/masked";

const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });
const mark = { $secret: true };

describe("masked", () => {
  it("has a mark in place of each secret, wherever it is", () => {
    assert.deepEqual(masked(secret("a")), mark);
    assert.deepEqual(masked({ a: [1, secret("b"), { c: secret({ d: 1 }) }], e: null }), {
      a: [1, mark, { c: mark }],
      e: null,
    });
  });

  it("says what assets and archives are", () => {
    const file = { [specialSigKey]: specialAssetSig, path: "./a.js", hash: "1" };
    const text = { [specialSigKey]: specialAssetSig, text: "b", hash: "1" };
    const archive = { [specialSigKey]: specialArchiveSig, assets: { "a.js": file, b: text } };
    assert.deepEqual(masked({ archive, file }), {
      archive: { archive: { "a.js": "asset ./a.js", b: "asset of text" } },
      file: "asset ./a.js",
    });
    assert.equal(masked({ [specialSigKey]: specialArchiveSig, path: "./dist" }), "archive ./dist");
  });
});

describe("revealed", () => {
  const value = { a: [{ b: secret({ c: secret("deep") }) }], plain: 1 };

  it("tells what is at a place, secrets in clear", () => {
    assert.deepEqual(revealed(value, ["a", 0, "b"]), { c: "deep" });
    assert.equal(revealed(value, ["a", "0", "b", "c"]), "deep");
  });

  it("refuses places that are none", () => {
    for (const path of [["x"], ["a", 1], ["plain", "x"], ["__proto__"], ["a", "length2"]]) {
      assert.throws(() => revealed(value, path), { status: 404 }, JSON.stringify(path));
    }
    for (const path of [undefined, "a", { 0: "a" }]) {
      assert.throws(() => revealed(value, path), { status: 400 }, JSON.stringify(path));
    }
  });
});
