import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import type { Exchange, Reply } from "./exchange";
import { GatewayError } from "./gateway-error";
import { acceptedMediaType, isBinary } from "./media-types";

// Numbers are no header values: API Gateway takes strings and booleans.
const headerValue = z.union([z.string(), z.boolean()]).transform(String);
const result = z.strictObject({
  statusCode: z.coerce.number().int().min(200).max(599).default(200),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * Headers that a function may not set; they arrive under another name. AWS lists all of them but
 * `Content-Length`, of which it is observed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const remapped = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "max-forwards",
  "server",
  "user-agent",
  "www-authenticate",
]);

/** Headers of a function that arrive under no name, of the same list. */
const dropped = new Set([
  "expect",
  "host",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

/**
 * Reads the result of a function behind a proxy integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 *
 * @throws GatewayError `DEFAULT_5XX` with 502 when it is malformed, `API_CONFIGURATION_ERROR` when
 * its body is no base64 although it says so.
 */
export function proxyReply(exchange: Exchange, payload: string): Reply {
  const parsed = result.safeParse(parseJson(payload));
  if (!parsed.success) {
    throw malformed();
  }
  const { statusCode, body, isBase64Encoded } = parsed.data;
  const headers = mergeHeaders(parsed.data.headers ?? {}, parsed.data.multiValueHeaders ?? {});
  headers.forEach(checkHeader);
  if (!headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["Content-Type", "application/json"]);
  }
  headers.push(["X-Amzn-Trace-Id", exchange.repliedTraceId]);
  const decode = isBase64Encoded === true && isBinary(exchange, acceptedMediaType(exchange));
  return {
    statusCode,
    headers,
    body: decode ? decodeBase64(body ?? "") : Buffer.from(body ?? ""),
  };
}

/** Both lists as one, that of several values first; a value that is in both occurs once. */
function mergeHeaders(
  single: Readonly<Record<string, string>>,
  multiple: Readonly<Record<string, string[]>>,
): [string, string][] {
  const merged = Object.entries(multiple).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const rest = Object.entries(single).filter(
    ([name, value]) =>
      !merged.some(([other, otherValue]) => sameName(other, name) && otherValue === value),
  );
  return [...merged, ...rest]
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .map(([name, value]) => [
      remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name,
      value,
    ]);
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function checkHeader([name, value]: [string, string]): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (error) {
    throw malformed(error);
  }
}

function decodeBase64(text: string): Buffer {
  const body = Buffer.from(text, "base64");
  if (body.toString("base64").replace(/=+$/, "") !== text.replace(/=+$/, "")) {
    throw new GatewayError("API_CONFIGURATION_ERROR", {
      cause: "Execution failed due to configuration error: Unable to base64 decode the body.",
    });
  }
  return body;
}

function parseJson(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch (error) {
    throw malformed(error);
  }
}

function malformed(cause?: unknown): GatewayError {
  return new GatewayError("DEFAULT_5XX", {
    statusCode: 502,
    cause: cause ?? "Execution failed due to configuration error: Malformed Lambda proxy response",
  });
}
