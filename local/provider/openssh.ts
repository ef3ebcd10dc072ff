import { createHash, createPublicKey, randomBytes } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";

/** Lines of a PEM file as Go writes them. */
const lineLength = 64;
/** The cipher `none` has blocks of eight bytes. */
const blockBytes = 8;

/** A public key in the formats of OpenSSH. */
export interface OpensshPublicKey {
  /** A line of `authorized_keys`, without a comment. */
  line: string;
  /** Such as `aa:bb:cc`. */
  md5: string;
  /** Such as `SHA256:…`. */
  sha256: string;
}

/** The same key for OpenSSH; undefined for one that OpenSSH does not know, as of the curve P-224. */
export function opensshPublicKey(publicKey: KeyObject): OpensshPublicKey | undefined {
  const fields = publicFields(publicKey);
  if (!fields) {
    return undefined;
  }
  const blob = Buffer.concat(fields.map(field));
  const md5 = createHash("md5").update(blob).digest("hex");
  return {
    line: `${String(fields[0])} ${blob.toString("base64")}\n`,
    md5: (md5.match(/../g) ?? []).join(":"),
    sha256: `SHA256:${createHash("sha256").update(blob).digest("base64").replaceAll("=", "")}`,
  };
}

/**
 * A private key as a file of OpenSSH, not encrypted and without a comment; undefined as for public
 * keys.
 *
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function opensshPrivateKey(privateKey: KeyObject): string | undefined {
  const publicKey = createPublicKey(privateKey);
  const known = publicFields(publicKey);
  if (!known) {
    return undefined;
  }
  const check = randomBytes(4);
  const secret = Buffer.concat([
    ...[check, check],
    ...privateFields(privateKey.export({ format: "jwk" }), known).map(field),
    field(""),
  ]);
  const padding = -secret.length & (blockBytes - 1);
  const content = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    ...["none", "none", ""].map(field),
    Buffer.from([0, 0, 0, 1]),
    field(Buffer.concat(known.map(field))),
    field(Buffer.concat([secret, Buffer.from(Array.from({ length: padding }, (_, i) => i + 1))])),
  ]);
  const lines = content.toString("base64").match(new RegExp(`.{1,${lineLength}}`, "g")) ?? [];
  const [begin, end] = ["BEGIN", "END"].map((word) => `-----${word} OPENSSH PRIVATE KEY-----`);
  return [begin, ...lines, end, ""].join("\n");
}

type Field = Buffer | string;

/** Names of curves, by those of JSON Web Keys. */
const curves: Readonly<Record<string, string>> = {
  "P-256": "nistp256",
  "P-384": "nistp384",
  "P-521": "nistp521",
};

function publicFields(publicKey: KeyObject): Field[] | undefined {
  if (publicKey.asymmetricKeyDetails?.namedCurve === "secp224r1") {
    return undefined;
  }
  const { kty, crv = "", e, n, x, y } = publicKey.export({ format: "jwk" });
  if (kty === "RSA") {
    return ["ssh-rsa", integer(e), integer(n)];
  }
  if (kty === "OKP") {
    return ["ssh-ed25519", bytes(x)];
  }
  const curve = curves[crv] ?? "";
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  return [`ecdsa-sha2-${curve}`, curve, point];
}

function privateFields(jwk: JsonWebKey, known: readonly Field[]): Field[] {
  if (jwk.kty === "RSA") {
    const { n, e, d, qi, p, q } = jwk;
    return ["ssh-rsa", ...[n, e, d, qi, p, q].map(integer)];
  }
  return [
    ...known,
    jwk.kty === "OKP" ? Buffer.concat([bytes(jwk.d), bytes(jwk.x)]) : integer(jwk.d),
  ];
}

/** Length and content. */
function field(content: Field): Buffer {
  const value = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([length, value]);
}

/** A positive number without leading zeros, except one that keeps it from being negative. */
function integer(text: string | undefined): Buffer {
  const value = bytes(text);
  const first = value.findIndex((byte) => byte !== 0);
  const digits = value.subarray(first);
  return (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
}

function bytes(text = ""): Buffer {
  return Buffer.from(text, "base64url");
}
