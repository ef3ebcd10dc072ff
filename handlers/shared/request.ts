import type { APIGatewayProxyEvent } from "aws-lambda";
import type * as z from "zod";
import { InvalidRequestError, jsonPointer, maxFieldLength, type Problem } from "./errors";

/**
 * `value` as `schema` types it.
 *
 * @throws InvalidRequestError that lists every problem.
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InvalidRequestError(result.error.issues.flatMap(problemsOf));
  }
  return result.data;
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const paths =
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path];
  return paths.map((path) => ({
    field: path.join(".").slice(0, maxFieldLength) || "body",
    problem: issue.message,
    pointer: jsonPointer(path),
  }));
}

/**
 * The query as `schema` types it.
 *
 * @throws InvalidRequestError also when a parameter is given twice: picking either would be a guess.
 */
export function readQuery<Schema extends z.ZodType>(
  event: APIGatewayProxyEvent,
  schema: Schema,
): z.output<Schema> {
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {})
    .filter(([, values]) => (values?.length ?? 0) > 1)
    .map(([field]) => ({ field, problem: "must be given only once" }));
  if (repeated.length > 0) {
    throw new InvalidRequestError(repeated);
  }
  return validate(schema, event.queryStringParameters ?? {});
}

/** A content type without its parameters, in lower case: `image/png` of `Image/PNG; q=1`. */
export function mediaType(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/**
 * The value of a header whatever its case, if it was sent. Several lines of it are one list: of
 * these, the event's `headers` has but the last.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 */
export function findHeader(event: APIGatewayProxyEvent, name: string): string | undefined {
  const lines = Object.entries(event.multiValueHeaders).filter(
    ([key]) => key.toLowerCase() === name,
  );
  const values = lines.flatMap(([, value = []]) => value);
  return lines.length > 0 ? values.join(", ") : undefined;
}

/** The value of a header whatever its case, or the empty string. */
export function header(event: APIGatewayProxyEvent, name: string): string {
  return findHeader(event, name) ?? "";
}

/** The body's bytes. */
export function readBytes(event: APIGatewayProxyEvent): Buffer {
  return Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
}

/**
 * The bytes of a body that is not text.
 *
 * @throws InvalidRequestError when the gateway passed it as text: then bytes that are no UTF-8 are
 * lost already, and a damaged image must not be kept.
 */
export function readBinary(event: APIGatewayProxyEvent): Buffer {
  if (event.body && !event.isBase64Encoded) {
    throw new InvalidRequestError([
      { field: "body", problem: "was not taken as binary: write its Content-Type in lower case" },
    ]);
  }
  return readBytes(event);
}

/**
 * The value that the body stands for.
 *
 * @param parse reads the text.
 * @throws InvalidRequestError when it is not JSON in UTF-8.
 */
export function readJson(
  event: APIGatewayProxyEvent,
  parse: (text: string) => unknown = JSON.parse,
): unknown {
  try {
    return parse(decodeUtf8(readBytes(event)));
  } catch {
    // The exception's text would quote the body.
    throw new InvalidRequestError([{ field: "body", problem: "must be JSON in UTF-8" }]);
  }
}

/** @throws TypeError when the bytes are not UTF-8: replaced characters would be stored as if sent. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
