import { AwsError } from "../aws-error";
import { queryParameters } from "./sigv4-canonical";
import type { SignedRequest } from "./types";

const contentHash = "x-amz-content-sha256";

/** What stands for a body's hash; with the asymmetric signature's, which are refused, left out. */
const keywords = new Set([
  "UNSIGNED-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
]);

/**
 * The hash of the body as the signature covers it: the last line of the canonical request. Where it
 * is 64 hex digits, S3 must still compare it with the body that arrives.
 *
 * @throws AwsError `InvalidRequest` or `InvalidArgument` when S3 gets none, or no valid one.
 */
export function signedPayloadHash(
  request: Pick<SignedRequest, "headers" | "url" | "service" | "bodySha256">,
): string {
  if (request.service !== "s3") {
    if (request.bodySha256 === undefined) {
      throw new TypeError(`The signature of ${request.service} covers the body: give its hash.`);
    }
    return request.bodySha256;
  }
  const header = request.headers[contentHash];
  const hash = typeof header === "string" ? header : presignedHash(request);
  if (!keywords.has(hash) && !/^[0-9a-f]{64}$/.test(hash)) {
    throw new AwsError(
      "InvalidArgument",
      `${contentHash} must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.`,
      400,
      { ArgumentName: contentHash, ArgumentValue: hash },
    );
  }
  return hash;
}

function presignedHash(request: Pick<SignedRequest, "headers" | "url">): string {
  if (request.headers.authorization !== undefined) {
    throw new AwsError(
      "InvalidRequest",
      `Missing required header for this request: ${contentHash}`,
    );
  }
  const parameter = queryParameters(request.url).find(
    ([name]) => name.toLowerCase() === contentHash,
  );
  return parameter?.[1] ?? "UNSIGNED-PAYLOAD";
}
