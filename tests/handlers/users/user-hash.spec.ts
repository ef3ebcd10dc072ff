import assert from "node:assert/strict";
import { userHash } from "../../../handlers/users/user-hash";

describe("userHash", () => {
  for (const [userId, hash] of Object.entries({
    ada: "fdee430d40bd57deeac186cd9790033d",
    Zoë: "c6a12698582fc1104ea24107a2d72681",
    "../..": "0cfd1c96cbc0c0e025888750a8b75d7d",
  })) {
    it(`of ${userId} is the first half of the SHA-256 of its UTF-8, as in the keys of images`, () => {
      assert.equal(userHash(userId), hash);
    });
  }
});
