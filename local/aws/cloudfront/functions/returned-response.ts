import { isObject } from "../../../is-object";
import { validationError } from "./function-failure";
import { readOnlyHeaders } from "./header-rules";
import { limits } from "./limits";
import { readFields, readHeaders } from "./returned-fields";
import type { FunctionBody, FunctionResponse } from "./types";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Checks a response that a function returned, as CloudFront does.
 *
 * @param given as the function got it; none where it made one instead of letting a request pass.
 * @throws FunctionFailure `FunctionValidationError`.
 */
export function readResponse(
  returned: Readonly<Record<string, unknown>>,
  given?: FunctionResponse,
): FunctionResponse {
  const { statusCode, statusDescription, body } = returned;
  if (!isStatusCode(statusCode)) {
    throw validationError("response.statusCode must be an integer from 200 to 599.");
  }
  if (statusDescription !== undefined && typeof statusDescription !== "string") {
    throw validationError("response.statusDescription must be a string.");
  }
  const part = (name: "cookies" | "headers") => ({
    where: `response.${name}`,
    value: returned[name] ?? {},
    given: given?.[name] ?? {},
  });
  return {
    statusCode,
    ...(statusDescription !== undefined && { statusDescription }),
    headers: readHeaders(part("headers"), readOnlyHeaders.response),
    cookies: readFields(part("cookies")),
    ...(body !== undefined && { body: readBody(body) }),
  };
}

function isStatusCode(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 200 && value <= 599;
}

function readBody(body: unknown): FunctionBody {
  const { encoding, data }: Record<string, unknown> =
    typeof body === "string" ? { encoding: "text", data: body } : isObject(body) ? body : {};
  if ((encoding !== "text" && encoding !== "base64") || typeof data !== "string") {
    throw validationError(
      'response.body must be a string, or have "data" and as "encoding" text or base64.',
    );
  }
  if (encoding === "base64" && !base64.test(data)) {
    throw validationError("response.body.data is not valid base64.");
  }
  const bytes = Buffer.byteLength(data, encoding === "text" ? "utf8" : "base64");
  if (bytes > limits.responseBodyBytes) {
    throw validationError(
      `response.body has ${bytes} bytes; at most ${limits.responseBodyBytes} are allowed.`,
    );
  }
  return { encoding, data };
}
