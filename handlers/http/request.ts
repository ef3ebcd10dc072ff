import type { APIGatewayProxyEvent } from "aws-lambda";
import type * as z from "zod/mini";
import { ApiError, InvalidRequestError, jsonPointer, maxFieldLength, type Problem } from "./errors";
import { jsonProblem, withGivenValue } from "./given-value";
import { type Spelling, spellingOf, withoutEmpty } from "./spelling";
import { checkText, decodeUtf8 } from "./utf8";

/**
 * `value` as `schema` types it. Members may also be spelled with underscores, as `user_id`; problems
 * name them as the client does.
 *
 * @param found problems that were found before, and that count for all of their field.
 * @throws InvalidRequestError that lists every problem.
 */
export function validate<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  found: readonly Problem[] = [],
): z.output<Schema> {
  const spelling = spellingOf(schema, value);
  const result = schema.safeParse(spelling.respelled);
  const known = [...found, ...spelling.problems];
  const further = (result.error?.issues ?? [])
    .flatMap((issue) => problemsOf(issue, spelling))
    .filter(({ field }) => !known.some((problem) => problem.field === field));
  if (!result.success || known.length > 0) {
    throw new InvalidRequestError([...known, ...further]);
  }
  return result.data;
}

function problemsOf(issue: z.core.$ZodIssue, { nameOf, respelled }: Spelling): Problem[] {
  const paths =
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path];
  return paths.map((keys) => {
    const path = keys.map((key, index) => (index === 0 ? nameOf(String(key)) : key));
    return {
      // A member may have the empty name.
      field: path.length > 0 ? path.join(".").slice(0, maxFieldLength) || '""' : "body",
      problem: withGivenValue(issue.message, respelled, keys),
      pointer: jsonPointer(path),
    };
  });
}

/**
 * The query as `schema` types it.
 *
 * @throws InvalidRequestError also as `singleParameters` does.
 */
export function readQuery<Schema extends z.ZodMiniType>(
  event: APIGatewayProxyEvent,
  schema: Schema,
): z.output<Schema> {
  return validate(schema, singleParameters(event));
}

/**
 * The parameters of the query by name.
 *
 * @param absentIfEmpty names of parameters that may be left empty.
 * @throws InvalidRequestError when one is not UTF-8, or given twice: picking either would be a guess.
 */
export function singleParameters(
  event: APIGatewayProxyEvent,
  absentIfEmpty: readonly string[] = [],
): Record<string, string | undefined> {
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {})
    .filter(([, values]) => (values?.length ?? 0) > 1)
    .map(([field]) => ({ field, problem: "must be given only once" }));
  if (repeated.length > 0) {
    throw new InvalidRequestError(repeated);
  }
  const query = event.queryStringParameters ?? {};
  for (const [name, value] of Object.entries(query)) {
    checkText(name, "query");
    checkText(value ?? "", name);
  }
  return withoutEmpty(query, absentIfEmpty);
}

/**
 * The parameters of the query one by one, those that are given twice as well.
 *
 * @throws InvalidRequestError when one is not UTF-8.
 */
export function queryPairs(event: APIGatewayProxyEvent): [name: string, value: string][] {
  const single = Object.entries(event.queryStringParameters ?? {});
  const all = event.multiValueQueryStringParameters
    ? Object.entries(event.multiValueQueryStringParameters)
    : single.map(([name, value]) => [name, [value]] as const);
  return all.flatMap(([name, values]) =>
    (values ?? []).map((value = ""): [string, string] => [
      checkText(name, "query"),
      checkText(value, name),
    ]),
  );
}

/** A content type without its parameters, in lower case: `image/png` of `Image/PNG; q=1`. */
export function mediaType(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/** What events say of headers; who invokes a function by hand may leave out either. */
interface HeaderEvent {
  headers?: APIGatewayProxyEvent["headers"] | null;
  multiValueHeaders?: APIGatewayProxyEvent["multiValueHeaders"] | null;
}

/**
 * The value of a header whatever its case, if it was sent. Several lines of it are one list: of
 * these, the event's `headers` has but the last.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 */
export function findHeader(event: HeaderEvent, name: string): string | undefined {
  const values = headerLines(event, name);
  return values.length > 0 ? values.join(", ") : undefined;
}

/** The lines of a header whatever its case, one by one. */
export function headerLines(event: HeaderEvent, name: string): string[] {
  const lines = linesOf(event.multiValueHeaders, name);
  return lines.length > 0 ? lines : linesOf(event.headers, name);
}

function linesOf(
  headers: Readonly<Record<string, string | string[] | undefined>> | null | undefined,
  name: string,
): string[] {
  return Object.entries(headers ?? {})
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
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
 * Bodies are taken as they come: neither the gateway nor a function unpacks what is compressed, which
 * a few bytes may be gigabytes of.
 * https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16
 *
 * @throws ApiError 415 `UnsupportedMediaType`.
 */
function requireNoCoding(event: APIGatewayProxyEvent): void {
  const codings = header(event, "content-encoding")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > 0) {
    throw new ApiError(
      415,
      "UnsupportedMediaType",
      `Content-Encoding must be left out, and is ${codings.join(", ").slice(0, maxFieldLength)}: send the body as it is.`,
      {},
      { "Accept-Encoding": "identity" },
    );
  }
}

/**
 * The bytes of a body that is not text.
 *
 * @throws ApiError 415 `UnsupportedMediaType` when it is compressed on its way.
 * @throws InvalidRequestError when the gateway passed it as text: then bytes that are no UTF-8 are
 * lost already, and a damaged image must not be kept.
 */
export function readBinary(event: APIGatewayProxyEvent): Buffer {
  requireNoCoding(event);
  if (event.body && !event.isBase64Encoded) {
    throw new InvalidRequestError([
      { field: "body", problem: "was not taken as binary: write its Content-Type in lower case" },
    ]);
  }
  return readBytes(event);
}

/**
 * The value that a JSON body stands for.
 *
 * @param parse reads the text.
 * @throws ApiError 415 `UnsupportedMediaType` when the body says that it is something else, or
 * compressed.
 * @throws InvalidRequestError when it is not JSON in UTF-8.
 */
export function readJson<Value = unknown>(
  event: APIGatewayProxyEvent,
  parse: (text: string) => Value = JSON.parse,
): Value {
  const type = mediaType(header(event, "content-type"));
  if (type !== "" && !isJson(type)) {
    throw new ApiError(
      415,
      "UnsupportedMediaType",
      `Content-Type must be application/json, and is ${type.slice(0, maxFieldLength)}.`,
    );
  }
  requireNoCoding(event);
  const text = readText(event);
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidRequestError([{ field: "body", problem: jsonProblem(error) }]);
  }
}

/** Whether a media type is that of JSON, or of something that is written in it. */
export function isJson(type: string): boolean {
  return type === "application/json" || /^application\/[^/]+\+json$/.test(type);
}

/** The body's text, without a byte order mark, which JSON may be preceded by. */
function readText(event: APIGatewayProxyEvent): string {
  const text = event.isBase64Encoded
    ? decodeUtf8(readBytes(event), "body")
    : checkText(event.body ?? "", "body");
  return text.replace(/^\ufeff/, "");
}
