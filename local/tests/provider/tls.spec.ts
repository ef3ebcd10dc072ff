import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { notEmulatedType } from "../../provider/values";
import { tlsInvokes, tlsResources } from "../../provider/tls";
import type { PlannedResource, Properties, ResourceRequest } from "../../provider/resource";
import { readOpenssh } from "./openssh-file";

const type = "tls:index/privateKey:PrivateKey";

function plan(inputs: Properties, existing?: ResourceRequest["existing"]) {
  const planner = tlsResources[type] ?? assert.fail();
  return planner({
    type,
    name: "key",
    urn: `urn:pulumi:local::darkroom::${type}::key`,
    inputs,
    projectDir: "",
    physicalName: () => assert.fail("a value has no name"),
    stableId: () => assert.fail("a value is random"),
    ...(existing && { existing }),
  });
}

const text = ({ outputs }: PlannedResource, name: string) => String(outputs[name]);

const algorithms: Record<string, [inputs: Properties, pem: string, openssh: string]> = {
  "RSA with 2048 bits": [{ algorithm: "RSA" }, "RSA PRIVATE KEY", "ssh-rsa"],
  "RSA with 3072 bits": [{ algorithm: "RSA", rsaBits: 3072 }, "RSA PRIVATE KEY", "ssh-rsa"],
  "ECDSA on P-224": [{ algorithm: "ECDSA" }, "EC PRIVATE KEY", ""],
  "ECDSA on P-256": [
    { algorithm: "ECDSA", ecdsaCurve: "P256" },
    "EC PRIVATE KEY",
    "ecdsa-sha2-nistp256",
  ],
  "ECDSA on P-384": [
    { algorithm: "ECDSA", ecdsaCurve: "P384" },
    "EC PRIVATE KEY",
    "ecdsa-sha2-nistp384",
  ],
  "ECDSA on P-521": [
    { algorithm: "ECDSA", ecdsaCurve: "P521" },
    "EC PRIVATE KEY",
    "ecdsa-sha2-nistp521",
  ],
  ED25519: [{ algorithm: "ED25519" }, "PRIVATE KEY", "ssh-ed25519"],
};

describe("tlsResources", () => {
  for (const [what, [inputs, pem, openssh]] of Object.entries(algorithms)) {
    describe(`A key of ${what}`, () => {
      let key: PlannedResource;

      before(async () => {
        key = await plan(inputs);
      });

      it("is the same in all of its formats", () => {
        assert.match(
          text(key, "privateKeyPem"),
          new RegExp(`^-----BEGIN ${pem}-----\n[^]*\n-----END ${pem}-----\n$`),
        );
        assert.match(text(key, "privateKeyPemPkcs8"), /^-----BEGIN PRIVATE KEY-----\n/);
        const publicKey = createPublicKey(text(key, "publicKeyPem"));
        const hash = inputs.algorithm === "ED25519" ? null : "sha256";
        for (const format of ["privateKeyPem", "privateKeyPemPkcs8"]) {
          const signature = sign(hash, Buffer.from("text"), createPrivateKey(text(key, format)));
          assert.ok(verify(hash, Buffer.from("text"), publicKey, signature), format);
        }
      });

      it("is known by the checksum of its public key", () => {
        const der = createPublicKey(text(key, "publicKeyPem")).export({
          format: "der",
          type: "spki",
        });
        // The provider trims it as it would a text.
        const trimmed = der.toString("latin1").replace(/[\t-\r ]+$/, "");
        const expected = createHash("sha1").update(Buffer.from(trimmed, "latin1")).digest("hex");
        assert.equal(key.id, expected);
      });

      it("tells what it is made with, defaults included", () => {
        assert.equal(key.outputs.algorithm, inputs.algorithm);
        assert.equal(key.outputs.rsaBits, inputs.rsaBits ?? 2048);
        assert.equal(key.outputs.ecdsaCurve, inputs.ecdsaCurve ?? "P224");
      });

      it("has what OpenSSH takes of it, and tells no private part to everybody", () => {
        assert.deepEqual(key.secretOutputs, [
          "privateKeyOpenssh",
          "privateKeyPem",
          "privateKeyPemPkcs8",
        ]);
        if (openssh === "") {
          for (const name of Object.keys(key.outputs).filter((each) =>
            /Openssh|Finger/.test(each),
          )) {
            assert.equal(key.outputs[name], "", name);
          }
          return;
        }
        const [algorithm, blob = "", ...rest] = text(key, "publicKeyOpenssh").split(" ");
        assert.equal(algorithm, openssh);
        assert.ok(blob.endsWith("\n"));
        assert.deepEqual(rest, []);
        const bytes = Buffer.from(blob, "base64");
        const sha256 = createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "");
        assert.equal(key.outputs.publicKeyFingerprintSha256, `SHA256:${sha256}`);
        const md5 = createHash("md5")
          .update(bytes)
          .digest("hex")
          .replace(/(..)(?!$)/g, "$1:");
        assert.equal(key.outputs.publicKeyFingerprintMd5, md5);
        const file = readOpenssh(text(key, "privateKeyOpenssh"));
        assert.deepEqual(file.publicBlob, bytes);
        const privateKey = createPrivateKey({ key: file.jwk, format: "jwk" });
        assert.equal(
          createPublicKey(privateKey).export({ format: "pem", type: "spki" }),
          key.outputs.publicKeyPem,
        );
      });

      it("is found again by its private part", async () => {
        const { privateKeyPem } = key.outputs;
        const found = await tlsInvokes["tls:index/getPublicKey:getPublicKey"]?.({ privateKeyPem });
        assert.equal(found?.algorithm, inputs.algorithm);
        assert.equal(found?.publicKeyPem, key.outputs.publicKeyPem);
        assert.equal(found?.publicKeyOpenssh, key.outputs.publicKeyOpenssh);
        assert.equal(found?.id, key.id);
      });
    });
  }

  it("makes another key each time, and none where there is one", async () => {
    const inputs = { algorithm: "ED25519" };
    const [first, second] = [await plan(inputs), await plan(inputs)];
    assert.notEqual(first.id, second.id);
    const again = await plan(inputs, first);
    assert.equal(again.id, first.id);
    assert.deepEqual(again.outputs, first.outputs);
  });

  it("refuses keys that Go's library makes no more", async () => {
    await assert.rejects(
      async () => plan({ algorithm: "RSA", rsaBits: 512 }),
      /512-bit keys are insecure/,
    );
  });

  it("refuses certificates, by whichever resource, and keys of OpenSSH", async () => {
    const others = Object.entries(tlsResources).filter(([each]) => each !== type);
    assert.equal(others.length, 3);
    assert.ok(others.every(([, planner]) => planner === notEmulatedType));
    const request = { type: "tls:index/selfSignedCert:SelfSignedCert", name: "cert" };
    assert.throws(
      () => void notEmulatedType(request as ResourceRequest),
      /cert: the local cloud does not emulate resources of type tls:index\/selfSignedCert/,
    );
    const call = () =>
      tlsInvokes["tls:index/getPublicKey:getPublicKey"]?.({ privateKeyOpenssh: "x" });
    await assert.rejects(async () => call(), /does not emulate privateKeyOpenssh/);
  });
});
