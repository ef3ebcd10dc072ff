import { canonicalRequest, scopeText, sha256Hex, sign } from "../iam/sigv4-canonical";
import type { Credentials } from "../iam/types";
import type { Headers } from "./types";

/** A request without a body that is about to leave. */
export interface UnsignedRequest {
  method: string;
  /** Path and query, percent-encoded. */
  url: string;
  /** With `host`. */
  headers: Headers;
}

const emptyBody = sha256Hex("");

/**
 * The headers of a request once it is signed by version 4; the signature covers the host and all
 * headers of AWS.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function signOriginRequest(
  request: UnsignedRequest,
  { credentials, region, now }: { credentials: Credentials; region: string; now: Date },
): Headers {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers: Headers = {
    ...request.headers,
    "x-amz-content-sha256": emptyBody,
    "x-amz-date": time,
    ...(credentials.sessionToken !== undefined && {
      "x-amz-security-token": credentials.sessionToken,
    }),
  };
  const signed = Object.keys(headers)
    .filter((name) => name === "host" || name.startsWith("x-amz-"))
    .sort();
  const scope = { date: time.slice(0, 8), region, service: "lambda" };
  const canonical = canonicalRequest({ ...request, headers, ...scope }, signed, emptyBody);
  const text = ["AWS4-HMAC-SHA256", time, scopeText(scope), sha256Hex(canonical)].join("\n");
  const signature = sign(credentials.secretAccessKey, scope, text);
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scopeText(scope)}, SignedHeaders=${signed.join(";")}, Signature=${signature}`,
  };
}
