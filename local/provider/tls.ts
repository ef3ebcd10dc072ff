import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { opensshPrivateKey, opensshPublicKey } from "./openssh";
import { NotEmulated } from "./refuse-inputs";
import type { Invokes, Properties, ResourceRequest, ResourceTypes } from "./resource";
import { notEmulatedType, valuePlanner } from "./values";
import type { NewValue } from "./values";

interface PrivateKeyInputs {
  algorithm: "ECDSA" | "ED25519" | "RSA";
  /** @default `P224` */
  ecdsaCurve?: string;
  /** @default 2048 */
  rsaBits?: number;
}

/** Go's library makes no smaller ones. https://pkg.go.dev/crypto/rsa#hdr-Minimum_key_size */
const minRsaBits = 1024;

/** Names of OpenSSL. */
const curves: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

/** As Node.js names algorithms, and the provider. */
const algorithms: Readonly<Record<string, string>> = {
  rsa: "RSA",
  ec: "ECDSA",
  ed25519: "ED25519",
};

/**
 * The resource types of the package `tls`: private keys. Certificates are not emulated.
 *
 * @see https://github.com/hashicorp/terraform-provider-tls
 */
export const tlsResources: ResourceTypes = {
  "tls:index/privateKey:PrivateKey": valuePlanner(makePrivateKey, [
    "privateKeyOpenssh",
    "privateKeyPem",
    "privateKeyPemPkcs8",
  ]),
  "tls:index/certRequest:CertRequest": notEmulatedType,
  "tls:index/locallySignedCert:LocallySignedCert": notEmulatedType,
  "tls:index/selfSignedCert:SelfSignedCert": notEmulatedType,
};

/** The package's functions. */
export const tlsInvokes: Invokes = {
  "tls:index/getPublicKey:getPublicKey": (args) => Promise.resolve(getPublicKey(args)),
};

async function makePrivateKey({ inputs }: ResourceRequest): Promise<NewValue> {
  const { algorithm, ecdsaCurve = "P224", rsaBits = 2048 } = inputs as unknown as PrivateKeyInputs;
  const privateKey = await newKey({ algorithm, ecdsaCurve, rsaBits });
  const { id, ...publicKey } = publicOutputs(privateKey);
  const pkcs8 = pemOf(privateKey, "pkcs8");
  const ownFormats = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;
  return {
    id,
    outputs: {
      ...publicKey,
      ecdsaCurve,
      privateKeyOpenssh: opensshPrivateKey(privateKey) ?? "",
      privateKeyPem: pemOf(privateKey, ownFormats[algorithm]),
      privateKeyPemPkcs8: pkcs8,
      rsaBits,
    },
  };
}

/** @throws Error for a key that is too short. */
async function newKey(settings: Required<PrivateKeyInputs>): Promise<KeyObject> {
  const { algorithm, ecdsaCurve, rsaBits } = settings;
  switch (algorithm) {
    case "RSA": {
      if (rsaBits < minRsaBits) {
        throw new Error(
          `Unable to generate Key from configuration: crypto/rsa: ${rsaBits}-bit keys are insecure`,
        );
      }
      const options = { modulusLength: rsaBits };
      return (await promisify(generateKeyPair)("rsa", options)).privateKey;
    }
    case "ECDSA": {
      const options = { namedCurve: curves[ecdsaCurve] ?? ecdsaCurve };
      return (await promisify(generateKeyPair)("ec", options)).privateKey;
    }
    case "ED25519":
      return (await promisify(generateKeyPair)("ed25519")).privateKey;
  }
}

function pemOf(key: KeyObject, type: "pkcs1" | "pkcs8" | "sec1"): string {
  return key.export({ format: "pem", type }) as string;
}

/** What can be told of a key to everybody, and the id that the provider gives it. */
function publicOutputs(privateKey: KeyObject): { id: string } & Record<string, string> {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ format: "der", type: "spki" });
  const openssh = opensshPublicKey(publicKey);
  return {
    id: createHash("sha1").update(trimmed(der)).digest("hex"),
    publicKeyFingerprintMd5: openssh?.md5 ?? "",
    publicKeyFingerprintSha256: openssh?.sha256 ?? "",
    publicKeyOpenssh: openssh?.line ?? "",
    publicKeyPem: publicKey.export({ format: "pem", type: "spki" }) as string,
  };
}

/** The provider takes the bytes for a text, and trims it before it hashes it. */
function trimmed(der: Buffer): Buffer {
  const isSpace = (byte = 0) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  let end = der.length;
  while (isSpace(der[end - 1])) {
    end--;
  }
  return der.subarray(0, end);
}

function getPublicKey(args: Properties): Properties {
  const { privateKeyPem, privateKeyOpenssh } = args as Partial<Record<string, string>>;
  if (privateKeyPem === undefined) {
    throw new NotEmulated({ name: "getPublicKey" }, "privateKeyOpenssh");
  }
  if (privateKeyOpenssh !== undefined) {
    throw new Error("only one of privateKeyPem and privateKeyOpenssh can be given");
  }
  const privateKey = createPrivateKey(privateKeyPem);
  const algorithm = algorithms[privateKey.asymmetricKeyType ?? ""] ?? "";
  return { algorithm, privateKeyPem, ...publicOutputs(privateKey) };
}
