import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { signingKeysIn } from "../../issuer/signing-keys";

describe("signingKeysIn", () => {
  let dir: string;

  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), "keys-")), "issuer");
  });

  afterEach(() => {
    rmSync(join(dir, ".."), { recursive: true });
  });

  it("makes an RSA key of 2,048 bits once, for its owner alone", async () => {
    const keys = await signingKeysIn(dir);
    const [key] = keys.keys;
    assert.deepEqual([key.kty, key.alg, key.use], ["RSA", "RS256", "sig"]);
    assert.equal(
      createPrivateKey({ key, format: "jwk" }).asymmetricKeyDetails?.modulusLength,
      2048,
    );
    assert.match(key.kid, /^[\w-]{43}$/);
    assert.deepEqual(await signingKeysIn(dir), keys);
    assert.equal(statSync(join(dir, "signing-keys.json")).mode & 0o777, 0o600);
    assert.equal(statSync(dir).mode & 0o777, 0o700);
  });

  it("gives the same to all that come first at the same time, and leaves no drafts", async () => {
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => signingKeysIn(dir)));
    for (const other of others) {
      assert.deepEqual(other, first);
    }
    assert.deepEqual(readdirSync(dir), ["signing-keys.json"]);
  });

  it("names the file that is damaged, and does not make new keys in its place", async () => {
    await signingKeysIn(dir);
    const file = join(dir, "signing-keys.json");
    writeFileSync(file, "{");
    await assert.rejects(signingKeysIn(dir), (error: Error) => error.message.includes(file));
  });
});
