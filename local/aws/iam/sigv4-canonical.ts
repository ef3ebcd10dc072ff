import { isUtf8 } from "node:buffer";
import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Where a signature is valid: one day, one region, one service. */
export interface CredentialScope {
  /** `YYYYMMDD`. */
  date: string;
  region: string;
  service: string;
}

/** One query parameter as received, still percent-encoded. */
export type QueryParameter = readonly [name: string, value: string];

/** Lower-case hex SHA-256 of `data`. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** The query of a request target, in the order received. */
export function queryParameters(url: string): QueryParameter[] {
  const start = url.indexOf("?");
  const query = start < 0 ? "" : url.slice(start + 1);
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
}

/**
 * The canonical request of SigV4.
 *
 * @param signedHeaders lower-case names, sorted.
 * @param payloadHash what stands in its last line, such as `UNSIGNED-PAYLOAD`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(
  request: { method: string; url: string; headers: IncomingHttpHeaders; service: string },
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  return [
    request.method,
    canonicalPath(request.url, request.service),
    canonicalQuery(queryParameters(request.url)),
    ...signedHeaders.map((name) => `${name}:${canonicalHeaderValue(request.headers[name])}`),
    "",
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

/** The credential scope as it stands in a string to sign. */
export function scopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** Lower-case hex signature of `text` under the key that SigV4 derives for `scope`. */
export function sign(secretAccessKey: string, scope: CredentialScope, text: string): string {
  const key = signingKey(secretAccessKey, scope);
  return createHmac("sha256", key).update(text).digest("hex");
}

/**
 * The keys that were derived last: whoever signs has one a service and a day. As objects: of bytes, Node.js
 * finds out that they are no key by two errors, which takes longer than all else.
 */
const signingKeys = new Map<string, KeyObject>();
const maxSigningKeys = 100;

function signingKey(
  secretAccessKey: string,
  { date, region, service }: CredentialScope,
): KeyObject {
  const id = [secretAccessKey, date, region, service].join("\n");
  const known = signingKeys.get(id);
  if (known) {
    return known;
  }
  const secret = [date, region, service, "aws4_request"].reduce(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  const key = createSecretKey(secret);
  signingKeys.set(id, key);
  if (signingKeys.size > maxSigningKeys) {
    const [oldest = id] = signingKeys.keys();
    signingKeys.delete(oldest);
  }
  return key;
}

function canonicalPath(url: string, service: string): string {
  const path = url.split("?", 1)[0] ?? "";
  // S3 alone encodes once and keeps `.`, `..` and empty segments: they are parts of object keys. A plus is a space.
  return service === "s3" ? reencodeForm(path).replaceAll("%2F", "/") : doubleEncoded(path);
}

function doubleEncoded(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      segments.pop();
    } else if (segment !== "" && segment !== ".") {
      segments.push(encode(segment));
    }
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

function canonicalQuery(parameters: readonly QueryParameter[]): string {
  return parameters
    .filter(([name]) => name.toLowerCase() !== "x-amz-signature")
    .map(([name, value]) => [reencodeForm(name), reencodeForm(value)] as const)
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function canonicalHeaderValue(value: string | string[] | undefined): string {
  const values = Array.isArray(value) ? value : [value ?? ""];
  return values
    .map((each) =>
      decoded(each)
        .replace(/[ \t]+/g, " ")
        .replace(/^ | $/g, ""),
    )
    .join(",");
}

/**
 * Node hands over headers as Latin-1. What a client has signed is their text, which most send as UTF-8, and
 * Node.js as Latin-1.
 */
function decoded(text: string): string {
  if (Buffer.byteLength(text) === text.length) {
    return text;
  }
  const bytes = Buffer.from(text, "latin1");
  return isUtf8(bytes) ? bytes.toString() : text;
}

/** As {@link reencode}, of text in which a plus stands for a space. */
function reencodeForm(text: string): string {
  return reencode(text.replaceAll("+", "%20"));
}

/** Percent-encodes by RFC 3986 what may be encoded more or less than that already. */
function reencode(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~]/g, (match, hex: string | undefined) =>
    hex === undefined ? encode(match) : encodeByte(Number.parseInt(hex, 16)),
  );
}

/** Node hands over what stands in a request line as Latin-1: one character for each byte. */
function encode(text: string): string {
  return [...Buffer.from(text, "latin1")].map(encodeByte).join("");
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9\-._~]/.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
