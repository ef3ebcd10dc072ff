import assert from "node:assert/strict";
import { constants, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";

/** A key pair as the parameter holds it. */
export interface TestKey {
  keyPairId: string;
  privateKey: string;
  publicKey: string;
}

export function testKey(keyPairId: string): TestKey {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return { keyPairId, ...pair };
}

const key = testKey("KEXAMPLE1");

/** The parameter of `key`. */
export function storedKey({ keyPairId, privateKey }: TestKey) {
  return { Parameter: { Value: JSON.stringify({ keyPairId, privateKey }) } };
}

/** Stands in for SSM while a suite runs. @returns the key that signs. */
export function useSigningKey(): TestKey {
  let ssm: AwsClientStub<SSMClient>;
  beforeEach(() => {
    ssm = mockClient(SSMClient);
    ssm
      .on(GetParameterCommand, { Name: "/url-signing/key-1", WithDecryption: true })
      .resolves(storedKey(key));
  });
  afterEach(() => {
    ssm.restore();
  });
  return key;
}

/**
 * What CloudFront would let in by a URL with a canned policy, found out without the library that
 * signed it.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 *
 * @returns the URL without its signature, and until when it works, in seconds since 1970.
 */
export function verifiedUrl(signed: string, { keyPairId, publicKey }: TestKey) {
  const [, resource = "", own = ""] = /^(.*?)[?&](Expires=.*)$/.exec(signed) ?? [];
  const parameters = new URLSearchParams(own);
  assert.deepEqual(
    [...parameters.keys()],
    ["Expires", "Key-Pair-Id", "Signature", "Hash-Algorithm"],
  );
  assert.equal(parameters.get("Key-Pair-Id"), keyPairId);
  assert.equal(parameters.get("Hash-Algorithm"), "SHA256");
  const expires = Number(parameters.get("Expires"));
  const policy =
    `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":` +
    `{"AWS:EpochTime":${expires}}}}]}`;
  const letters: Record<string, string> = { "-": "+", _: "=", "~": "/" };
  const signature = (parameters.get("Signature") ?? "").replace(
    /[-_~]/g,
    (it) => letters[it] ?? "",
  );
  const verifier = { key: createPublicKey(publicKey), padding: constants.RSA_PKCS1_PADDING };
  const isRight = verify("sha256", Buffer.from(policy), verifier, Buffer.from(signature, "base64"));
  assert.ok(isRight, `the signature is not that of ${policy}`);
  return { resource, expires };
}
