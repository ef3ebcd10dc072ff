import type { IncomingHttpHeaders } from "node:http";
import { asHeaderValue } from "./headers";

/** Parameters of the signature itself, and headers that S3 does not take from a query. */
const notHoisted =
  /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent|checksum-.+|sdk-.+|server-side-encryption.*)$/;

const bodyHash = "x-amz-content-sha256";

/** Headers that are hoisted though they are none of AWS's own. */
const conditions = new Set(["if-match", "if-none-match"]);

/**
 * The headers of a request, with those that were moved to the query of a presigned URL.
 *
 * S3 ignores checksums there: SDKs sign the checksum of the empty body that they know.
 */
export function presignedHeaders(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): IncomingHttpHeaders {
  if (!query.has("X-Amz-Signature")) {
    return headers;
  }
  const hoisted: Record<string, string> = {};
  for (const [parameter, value] of query) {
    const name = parameter.toLowerCase();
    if (conditions.has(name) || (name.startsWith("x-amz-") && !notHoisted.test(name))) {
      hoisted[name] = asHeaderValue(value);
    }
  }
  return { ...hoisted, ...headers };
}

/**
 * The headers of a request without the hash of its body, where they have one that its presigned URL does not sign. S3
 * ignores that, unlike any other of its headers.
 */
export function withoutUnsignedHash(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): IncomingHttpHeaders {
  const { [bodyHash]: hash, ...others } = headers;
  const signed = query.get("X-Amz-SignedHeaders")?.split(";");
  return hash === undefined || !signed || signed.includes(bodyHash) ? headers : others;
}
