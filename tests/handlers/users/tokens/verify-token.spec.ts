import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { createLocalJWKSet } from "jose";
import { algorithms } from "../../../../handlers/users/tokens/header-rules";
import { verifyToken } from "../../../../handlers/users/tokens/verify-token";
import { publicJwk, signed, type TokenKey, tokenKey } from "../../token-keys";

const now = 1_767_323_045;
const settings = { issuer: "https://id.example.com", audience: ["darkroom"], userClaim: "sub" };
const claims = { iss: settings.issuer, aud: "darkroom", sub: "ada-1815", exp: now + 300 };
const verified = { kind: "user", userId: "ada-1815", expiresAt: now + 300 };

// What is refused, and why, attacks on the authorizer show.
describe("verifyToken", () => {
  const verify = (token: string, keys: readonly object[]) =>
    verifyToken(token, {
      settings,
      findKey: createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]),
      clock: () => now * 1000,
    });
  const tokenBy = (key: TokenKey, header: object = {}) =>
    signed({ alg: key.alg, kid: key.kid, ...header }, claims, key);

  for (const alg of algorithms) {
    describe(`by ${alg}`, () => {
      const key = tokenKey("key-1", alg);

      it("believes what the key has signed", async () => {
        assert.deepEqual(await verify(tokenBy(key), [publicJwk(key)]), verified);
        const unnamed = { use: undefined, alg: undefined, kid: undefined };
        assert.deepEqual(
          await verify(tokenBy(key, { kid: undefined }), [publicJwk(key, unnamed)]),
          verified,
        );
      });

      it("does not believe a signature of zeros, of another length, or of another token", async () => {
        const [header = "", payload = "", signature = ""] = tokenBy(key).split(".");
        const bytes = Buffer.from(signature, "base64url");
        const other = signed({ alg, kid: "key-1" }, { ...claims, sub: "bob-1900" }, key).split(".");
        for (const forged of [
          Buffer.alloc(bytes.length),
          Buffer.alloc(bytes.length, 0xff),
          bytes.subarray(1),
          Buffer.concat([bytes, bytes]),
          Buffer.alloc(1),
          Buffer.from(other[2] ?? "", "base64url"),
        ]) {
          const token = [header, payload, forged.toString("base64url")].join(".");
          await assert.rejects(verify(token, [publicJwk(key)]), {
            name: "Refusal",
            reason: "its signature is wrong",
          });
        }
      });
    });
  }

  it("does not believe a signature of RSA whose leading zero is left out", async () => {
    const key = tokenKey("key-1", "PS256");
    for (;;) {
      const [header = "", payload = "", signature = ""] = tokenBy(key).split(".");
      const bytes = Buffer.from(signature, "base64url");
      if (bytes[0] === 0) {
        const token = [header, payload, bytes.subarray(1).toString("base64url")].join(".");
        const refusal = { name: "Refusal", reason: "its signature is wrong" };
        await assert.rejects(verify(token, [publicJwk(key)]), refusal);
        break;
      }
    }
  });

  it("goes by the last of members that come twice, in what the issuer has signed", async () => {
    const key = tokenKey("key-1");
    const text = JSON.stringify(claims).replace(/^\{/, '{"sub":"bob-1900",');
    const token = signed({ alg: "ES256", kid: "key-1" }, text, key);
    assert.deepEqual(await verify(token, [publicJwk(key)]), verified);
  });

  it("passes over where a header says that keys are", async () => {
    const key = tokenKey("key-1");
    const other = tokenKey("key-1");
    const brought = { jku: "https://keys.example.com", jwk: publicJwk(other), x5u: "https://x" };
    assert.deepEqual(await verify(tokenBy(key, brought), [publicJwk(key)]), verified);
  });

  it("refuses a token that several keys could have signed", async () => {
    const [one, two] = [tokenKey("key-1"), tokenKey("key-2")];
    const keys = [publicJwk(one), publicJwk(two)];
    await assert.rejects(verify(tokenBy(one, { kid: undefined }), keys), {
      reason: "it could be signed by several keys",
    });
  });

  it("refuses a token where the key set has a secret key, which is none any longer", async () => {
    const key = tokenKey("key-1");
    const exposed = { ...key.privateKey.export({ format: "jwk" }), kid: "key-1" };
    await assert.rejects(verify(tokenBy(key), [exposed]), { reason: "it cannot be verified" });
  });

  it("fails where the issuer's key is too weak, or none: no other token would help", async () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const key = { kid: "key-1", alg: "RS256", ...weak };
    await assert.rejects(verify(tokenBy(key), [publicJwk(key)]), { name: "TypeError" });
    const broken = { kty: "RSA", kid: "key-1", n: "AQAB" };
    await assert.rejects(verify(tokenBy(key), [broken]), { name: "DataError" });
  });
});
