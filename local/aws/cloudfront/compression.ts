import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { compressibleTypes } from "./compressible-types";
import type { CachePolicy, Headers, WholeResponse } from "./types";
import { addToVary } from "./vary";

export type Encoding = "br" | "gzip" | "identity";

const minBytes = 1000;
const maxBytes = 10_000_000;

/**
 * The encodings that CloudFront asks an origin for in the viewer's name, as part of the cache key,
 * too: `br,gzip`, `br`, `gzip` or nothing.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html#cache-policy-compressed-objects
 */
export function normalizedEncodings(headers: Headers, policy: CachePolicy): string {
  const accepted = headers["accept-encoding"];
  // A range counts the bytes of the object itself.
  if (accepted === undefined || headers.range !== undefined) {
    return "";
  }
  const names = accepted
    .toLowerCase()
    .split(",")
    .filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item))
    .map((item) => item.split(";")[0]?.trim());
  return [policy.brotli && "br", policy.gzip && "gzip"]
    .filter((name) => name !== false && names.includes(name))
    .join(",");
}

/** What CloudFront compresses by itself; Brotli is preferred. */
export function preferredEncoding(normalized: string): Encoding {
  return normalized === "" ? "identity" : normalized.startsWith("br") ? "br" : "gzip";
}

/**
 * Compresses what CloudFront compresses; anything else is returned as it is.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export async function compress(
  response: WholeResponse,
  encoding: Encoding,
): Promise<WholeResponse> {
  if (encoding === "identity" || !isCompressible(response)) {
    return response;
  }
  const body = await (encoding === "br" ? brotli(response.body) : promisify(gzip)(response.body));
  const { etag, ...headers } = response.headers;
  delete headers["accept-ranges"];
  headers["content-encoding"] = encoding;
  headers.vary = addToVary(headers, "Accept-Encoding");
  if (etag !== undefined) {
    headers.etag = etag.startsWith("W/") ? etag : `W/${etag}`;
  }
  return { ...response, headers, body };
}

function isCompressible({ status, headers, body }: WholeResponse): boolean {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  return (
    [200, 403, 404].includes(status) &&
    headers["content-encoding"] === undefined &&
    body.length >= minBytes &&
    body.length <= maxBytes &&
    compressibleTypes.has(type)
  );
}

function brotli(body: Buffer): Promise<Buffer> {
  // The default, 11, takes seconds for a few megabytes.
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
