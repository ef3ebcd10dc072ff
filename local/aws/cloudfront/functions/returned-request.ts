import { validationError } from "./function-failure";
import { readOnlyHeaders } from "./header-rules";
import { limits } from "./limits";
import { readFields, readHeaders } from "./returned-fields";
import type { Fields, FunctionRequest } from "./types";

/**
 * Checks a request that a function returned, as CloudFront does.
 *
 * @param given as the function got it.
 * @throws FunctionFailure `FunctionValidationError`.
 */
export function readRequest(
  returned: Readonly<Record<string, unknown>>,
  given: FunctionRequest,
): FunctionRequest {
  const { method, uri } = returned;
  if (method !== given.method) {
    throw validationError("request.method is read-only.");
  }
  if (typeof uri !== "string" || !uri.startsWith("/")) {
    throw validationError('request.uri must be a string that starts with "/".');
  }
  const part = (name: "cookies" | "headers" | "querystring") => ({
    where: `request.${name}`,
    value: returned[name],
    given: given[name],
  });
  const querystring = readFields(part("querystring"));
  requireSendable(uri, querystring);
  const headers = readHeaders(part("headers"), readOnlyHeaders.request);
  return { method, uri, querystring, headers, cookies: readFields(part("cookies")) };
}

function requireSendable(uri: string, querystring: Fields): void {
  const query = Object.entries(querystring)
    .flatMap(([name, field]) =>
      (field.multiValue ?? [field]).map(({ value }) => `${name}=${value}`),
    )
    .join("&");
  if (/[\0-\x20\x7f#?]/.test(uri) || /[\0-\x20\x7f#]/.test(query)) {
    throw validationError(
      "request.uri and request.querystring cannot have spaces, control characters or #, and the uri no ?.",
    );
  }
  if (uri.length + query.length + 1 >= limits.uriCharacters) {
    throw validationError(
      `request.uri with its query must be shorter than ${limits.uriCharacters} characters.`,
    );
  }
}
