import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { parsePublicKey } from "../../../aws/cloudfront/public-key";

const pem = (key: KeyObject, type: "spki" | "pkcs1" = "spki") =>
  key.export({ type, format: "pem" }).toString();
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

describe("parsePublicKey", () => {
  it("takes RSA with 2048 bits and ECDSA on P-256", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    assert.equal(parsePublicKey(pem(rsa.publicKey)).asymmetricKeyType, "rsa");
    assert.equal(parsePublicKey(pem(publicKey)).asymmetricKeyType, "ec");
  });

  const refused: [string, () => string][] = [
    ["an empty text", () => ""],
    ["no key", () => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"],
    ["a private key", () => rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
    ["PKCS #1", () => pem(rsa.publicKey, "pkcs1")],
    [
      "RSA with 1024 bits",
      () => pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey),
    ],
    [
      "RSA with 3072 bits",
      () => pem(generateKeyPairSync("rsa", { modulusLength: 3072 }).publicKey),
    ],
    ["P-384", () => pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey)],
    ["Ed25519", () => pem(generateKeyPairSync("ed25519").publicKey)],
  ];
  for (const [what, make] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parsePublicKey(make()), { name: "AwsError", code: "InvalidArgument" });
    });
  }
});
