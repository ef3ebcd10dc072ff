import assert from "node:assert/strict";
import type { JsonWebKey } from "node:crypto";

/** What a private key's file of OpenSSH holds. */
export interface OpensshFile {
  publicBlob: Buffer;
  jwk: JsonWebKey;
}

/**
 * Reads a file that is not encrypted.
 *
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function readOpenssh(pem: string): OpensshFile {
  const [, body = ""] =
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n([^]*)\n-----END OPENSSH PRIVATE KEY-----\n$/.exec(
      pem,
    ) ?? [];
  assert.ok(body.split("\n").every((line) => line.length <= 64));
  const bytes = Buffer.from(body, "base64");
  const magic = "openssh-key-v1\0";
  assert.equal(bytes.subarray(0, magic.length).toString(), magic);
  const outer = new Fields(bytes.subarray(magic.length));
  assert.deepEqual([outer.text(), outer.text(), outer.text()], ["none", "none", ""]);
  assert.equal(outer.number(), 1);
  const publicBlob = outer.field();
  const secret = outer.field();
  assert.equal(outer.rest.length, 0);
  assert.equal(secret.length % 8, 0);
  const inner = new Fields(secret);
  assert.equal(inner.number(), inner.number());
  const jwk = readKey(inner);
  assert.equal(inner.text(), "");
  assert.deepEqual(
    [...inner.rest],
    [...inner.rest].map((_, index) => index + 1),
  );
  return { publicBlob, jwk };
}

function readKey(fields: Fields): JsonWebKey {
  const algorithm = fields.text();
  if (algorithm === "ssh-rsa") {
    const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => number(fields.field()));
    const [dp, dq] = [p, q].map((prime) => encoded(value(d) % (value(prime) - 1n)));
    return { kty: "RSA", n, e, d, qi, p, q, dp, dq };
  }
  if (algorithm === "ssh-ed25519") {
    const x = fields.field();
    const secret = fields.field();
    assert.deepEqual(secret.subarray(32), x);
    const d = secret.subarray(0, 32).toString("base64url");
    return { kty: "OKP", crv: "Ed25519", x: x.toString("base64url"), d };
  }
  const curve = fields.text();
  assert.equal(algorithm, `ecdsa-sha2-${curve}`);
  const point = fields.field();
  assert.equal(point[0], 4);
  const size = (point.length - 1) / 2;
  const d = value(number(fields.field()))
    .toString(16)
    .padStart(2 * size, "0");
  return {
    kty: "EC",
    crv: curve.replace("nistp", "P-"),
    x: point.subarray(1, 1 + size).toString("base64url"),
    y: point.subarray(1 + size).toString("base64url"),
    d: Buffer.from(d, "hex").toString("base64url"),
  };
}

/** As JSON Web Keys have it; one that begins with a set bit has a zero in front. */
function number(field: Buffer): string {
  assert.ok((field[0] ?? 0) < 0x80);
  assert.ok(field[0] !== 0 || (field[1] ?? 0) >= 0x80);
  return field.subarray(field[0] === 0 ? 1 : 0).toString("base64url");
}

function value(text = ""): bigint {
  return BigInt(`0x${Buffer.from(text, "base64url").toString("hex")}`);
}

function encoded(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex").toString("base64url");
}

class Fields {
  rest: Buffer;

  constructor(bytes: Buffer) {
    this.rest = bytes;
  }

  number(): number {
    const number = this.rest.readUInt32BE();
    this.rest = this.rest.subarray(4);
    return number;
  }

  field(): Buffer {
    const length = this.number();
    const field = this.rest.subarray(0, length);
    assert.equal(field.length, length);
    this.rest = this.rest.subarray(length);
    return field;
  }

  text(): string {
    return this.field().toString();
  }
}
