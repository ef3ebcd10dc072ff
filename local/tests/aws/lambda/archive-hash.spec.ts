import assert from "node:assert/strict";
import { archiveHash } from "../../../aws/lambda/archive-hash";

describe("archiveHash", () => {
  it("is the SHA-256 of an archive's bytes, however often it is asked for", () => {
    const hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const zip = Buffer.from("abc");
    for (const archive of [zip, zip, new Uint8Array(zip), Buffer.from("abc")]) {
      assert.equal(archiveHash(archive, "hex"), hex);
      assert.equal(archiveHash(archive, "base64"), Buffer.from(hex, "hex").toString("base64"));
    }
    assert.notEqual(archiveHash(Buffer.from("abd"), "hex"), hex);
  });
});
