/** An answer, with its headers by name in lower case. */
export interface ErrorAnswer {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/**
 * Whether an answer has the one shape of errors: `{"error": "<sentence>", "code": "<PascalCase>",
 * "requestId": "<UUID>", …}`.
 */
export function hasErrorShape({ headers, body }: ErrorAnswer): boolean {
  const { error, code, requestId } = parseObject(body);
  return (
    headers["content-type"] === "application/json" &&
    typeof error === "string" &&
    error !== "" &&
    /^[A-Z][A-Za-z0-9]+$/.test(String(code)) &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(requestId))
  );
}

/** Whether pages of any origin may read an answer. */
export function hasCors({ headers }: Pick<ErrorAnswer, "headers">): boolean {
  return headers["access-control-allow-origin"] === "*";
}

/** The members of a JSON object; none of what is none. */
export function parseObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
