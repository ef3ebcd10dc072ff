import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { compressibleTypes } from "./compressible-types";
import type { CachePolicy, Headers, WholeResponse } from "./types";
import { addToVary } from "./vary";

export type Encoding = "br" | "gzip" | "identity";

const minBytes = 1000;
const maxBytes = 10_000_000;

/** The encoding that CloudFront asks for in the viewer's name; Brotli is preferred. */
export function negotiate(headers: Headers, policy: CachePolicy): Encoding {
  // A range counts the bytes of the object itself.
  const accepted = headers.range === undefined ? (headers["accept-encoding"] ?? "") : "";
  const names = accepted
    .toLowerCase()
    .split(",")
    .filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item))
    .map((item) => item.split(";")[0]?.trim());
  if (policy.brotli && names.includes("br")) {
    return "br";
  }
  return policy.gzip && names.includes("gzip") ? "gzip" : "identity";
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
  return { status: response.status, headers, body };
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
