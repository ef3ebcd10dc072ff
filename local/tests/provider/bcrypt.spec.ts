import assert from "node:assert/strict";
import { bcryptHash } from "../../provider/bcrypt";

const bcryptLetters = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The salt in a hash. */
function saltOf(hash: string): Buffer {
  const text = hash
    .slice(7, 29)
    .replace(/./g, (each) => letters.charAt(bcryptLetters.indexOf(each)));
  return Buffer.from(text, "base64");
}

describe("bcryptHash", () => {
  const known: Record<string, string> = {
    // https://www.mindrot.org/projects/jBCrypt/
    "": "$2a$10$k1wbIrmNyFAPwPVPSVa/zecw2BCEnBwVS2GbrmgzxFUOqW9dk4TCW",
    abcdefghijklmnopqrstuvwxyz: "$2a$10$fVH8e28OQRj9tqiDXs1e1uxpsjN0c7II7YPKXua2NAKYvM6iQk7dq",
  };
  for (const [password, hash] of Object.entries(known)) {
    it(`hashes "${password}" as others do`, () => {
      assert.equal(bcryptHash(password, saltOf(hash)), hash);
    });
  }

  it("looks at 72 bytes", () => {
    const salt = Buffer.alloc(16, 7);
    const [one, other] = ["a", "b"].map((end) => bcryptHash("x".repeat(72) + end, salt));
    assert.equal(one, other);
  });

  it("salts each hash anew", () => {
    assert.notEqual(bcryptHash("a"), bcryptHash("a"));
  });
});
