import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createSecretCheck } from "../../../handlers/renditions/origin-secret";

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

describe("createSecretCheck", () => {
  it("lets pass whoever knows any of the secrets", () => {
    const check = createSecretCheck(`${hashOf("one")},${hashOf("two")}`);
    check("one");
    check("two");
  });

  it("refuses whoever knows none", () => {
    const check = createSecretCheck(hashOf("one"));
    for (const secret of ["", "two", "one ", hashOf("one")]) {
      assert.throws(
        () => {
          check(secret);
        },
        { statusCode: 403, code: "Forbidden" },
      );
    }
  });

  for (const hashes of ["", "one", `${hashOf("one")},`, hashOf("one").toUpperCase()]) {
    it(`does not start with ${JSON.stringify(hashes.slice(0, 8))}…, which is no hash`, () => {
      assert.throws(() => createSecretCheck(hashes), /not all of 64 hexadecimal digits/);
    });
  }
});
