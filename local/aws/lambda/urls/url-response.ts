import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import { isObject } from "../../../is-object";
import type { FunctionResponse } from "../function-response";
import type { UrlHeaders } from "./url-cors";

/** An answer to whoever called a function's URL. */
export interface UrlResponse {
  statusCode: number;
  headers: UrlHeaders;
  body: Buffer;
}

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const answer = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Headers that a function may not set; they arrive under another name. */
const remapped = ["connection", "content-length", "date", "server"];

/**
 * What a caller gets for what a function returned.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function urlResponse({ functionError, payload }: FunctionResponse): UrlResponse {
  if (functionError !== undefined) {
    return failed();
  }
  const result = JSON.parse(payload) as unknown;
  if (!isObject(result) || result.statusCode === undefined) {
    return {
      statusCode: 200,
      headers: { "content-type": "application/json" },
      // A text is sent as it is, without quotation marks.
      body: Buffer.from(typeof result === "string" ? result : payload),
    };
  }
  const parsed = answer.safeParse(result);
  return parsed.success ? answered(parsed.data) : failed();
}

/** An error of Lambda itself. */
export function refused(statusCode: number, code: string, body: object): UrlResponse {
  return {
    statusCode,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** The function threw, timed out or returned what cannot be sent; its log tells more. */
function failed(): UrlResponse {
  return {
    statusCode: 502,
    headers: { "content-type": "application/json" },
    body: Buffer.from("Internal Server Error"),
  };
}

function answered({
  statusCode,
  headers,
  cookies,
  body,
  isBase64Encoded,
}: z.infer<typeof answer>): UrlResponse {
  const given = Object.entries(headers ?? {})
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => name !== "transfer-encoding")
    .map(([name, value]) => [remapped.includes(name) ? `x-amzn-remapped-${name}` : name, value]);
  const all: UrlHeaders = {
    "content-type": "application/json",
    ...(Object.fromEntries(given) as UrlHeaders),
    ...(cookies && cookies.length > 0 && { "set-cookie": cookies }),
  };
  return areSendable(all)
    ? {
        statusCode,
        headers: all,
        body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
      }
    : failed();
}

function areSendable(headers: UrlHeaders): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      [value].flat().forEach((each) => {
        validateHeaderValue(name, each);
      });
    }
    return true;
  } catch {
    return false;
  }
}
