import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { join } from "node:path";

import { signAccessToken } from "../../issuer/access-token";
import { type SigningKey, signingKeysIn } from "../../issuer/signing-keys";

const asked = { issuer: "http://127.0.0.1:4010", audience: "demo", user: "ada" };

describe("signAccessToken", () => {
  let key: SigningKey;

  before(async () => {
    const dir = mkdtempSync(join(tmpdir(), "token-"));
    key = (await signingKeysIn(dir)).keys[0];
    rmSync(dir, { recursive: true });
  });

  it("signs a JWT for an hour that names the user, the issuer and what it is for", async () => {
    const before = Math.floor(Date.now() / 1000);
    const token = await signAccessToken(key, asked);
    const publicKey = createPublicKey({ key, format: "jwk" });
    const { payload, protectedHeader } = await jwtVerify(token, publicKey);
    const { iat = 0, exp = 0, jti, ...others } = payload;
    assert.deepEqual(protectedHeader, { alg: "RS256", typ: "at+jwt", kid: key.kid });
    assert.deepEqual(others, {
      sub: "ada",
      scope: "openid",
      client_id: "local",
      iss: "http://127.0.0.1:4010",
      aud: "demo",
    });
    assert.ok(iat >= before && exp === iat + 3600);
    assert.match(String(jti), /^[\w-]{43}$/);
  });

  it("names no token as another one", async () => {
    const tokens = await Promise.all([1, 2].map(() => signAccessToken(key, asked)));
    const [first, second] = tokens.map((token) => decodeJwt(token).jti);
    assert.notEqual(first, second);
  });

  it("says admin of an admin, and as long as it is asked to, even no more", async () => {
    const token = await signAccessToken(key, { ...asked, isAdmin: true, expiresSeconds: -5 });
    const { role, iat = 0, exp = 0 } = decodeJwt(token);
    assert.equal(role, "admin");
    assert.equal(exp, iat - 5);
  });

  it("takes other claims before its own, and leaves out what is undefined", async () => {
    const claims = { sub: "bob", exp: undefined, scope: "a b" };
    const token = await signAccessToken(key, { ...asked, claims });
    const payload = decodeJwt(token);
    assert.deepEqual([payload.sub, payload.scope, "exp" in payload], ["bob", "a b", false]);
    assert.equal(decodeProtectedHeader(token).alg, "RS256");
  });
});
