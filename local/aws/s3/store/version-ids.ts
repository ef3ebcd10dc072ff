import { createHash, randomBytes } from "node:crypto";

const randomLength = 21;
const checkLength = 3;

/** A new id of a version: 32 letters, digits, dots and underscores, of which the end follows from the rest. */
export function newVersionId(): string {
  const bytes = randomBytes(randomLength);
  return encoded(Buffer.concat([bytes, checkOf(bytes)]));
}

/** Whether a text can be the id of a version that there is or was: S3 tells made-up ones apart. */
export function isVersionId(text: string): boolean {
  const bytes = Buffer.from(text.replaceAll(".", "-"), "base64url");
  const [random, check] = [bytes.subarray(0, randomLength), bytes.subarray(randomLength)];
  return text === encoded(bytes) && check.equals(checkOf(random));
}

function encoded(bytes: Buffer): string {
  return bytes.toString("base64url").replaceAll("-", ".");
}

function checkOf(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest().subarray(0, checkLength);
}
