import { isDisallowedHeader } from "./functions/header-rules";
import type { Field, Fields, FunctionRequest, FunctionResponse } from "./functions/types";
import { parameterName, parameterValue } from "./query";
import type { Headers, Query, ViewerRequest, WholeResponse } from "./types";

/** A viewer's request as functions see it. */
export function requestEvent(request: ViewerRequest): FunctionRequest {
  return {
    method: request.method,
    uri: request.path,
    querystring: fieldsOf(request.query),
    headers: headerFields(request.headers),
    cookies: fieldsOf(cookiesIn(request.headers.cookie)),
  };
}

/**
 * The request that a function lets pass. Headers that functions do not see stay, and the text of a
 * query that it left alone.
 *
 * @param given as the function got it.
 */
export function requestAfter(
  request: ViewerRequest,
  given: FunctionRequest,
  returned: FunctionRequest,
): ViewerRequest {
  const cookies = textsOf(returned.cookies).join("; ");
  return {
    ...request,
    path: returned.uri,
    query: isSame(given.querystring, returned.querystring)
      ? request.query
      : textsOf(returned.querystring),
    headers: {
      ...hiddenHeaders(request.headers),
      ...headersOf(returned.headers),
      ...(cookies !== "" && { cookie: cookies }),
    },
  };
}

/** A response as functions see it: without its body. */
export function responseEvent(response: WholeResponse): FunctionResponse {
  const cookies = new Map<string, Field>();
  for (const cookie of response.cookies ?? []) {
    const end = cookie.indexOf(";");
    const pair = end < 0 ? cookie : cookie.slice(0, end);
    const attributes = end < 0 ? undefined : cookie.slice(end + 1).trim();
    addField(cookies, parameterName(pair), {
      value: parameterValue(pair),
      ...(attributes !== undefined && { attributes }),
    });
  }
  return {
    statusCode: response.status,
    headers: headerFields(response.headers),
    cookies: Object.fromEntries(cookies),
  };
}

/** The response that a function made, or made of another one, whose body it keeps or replaces. */
export function responseAfter(returned: FunctionResponse, original?: WholeResponse): WholeResponse {
  const { statusCode, headers, cookies, body } = returned;
  const setCookies = valuesOf(cookies).map(([name, { value, attributes }]) =>
    attributes === undefined ? `${name}=${value}` : `${name}=${value}; ${attributes}`,
  );
  return {
    status: statusCode,
    headers: { ...hiddenHeaders(original?.headers ?? {}), ...headersOf(headers) },
    ...(setCookies.length > 0 && { cookies: setCookies }),
    body:
      body === undefined
        ? (original?.body ?? Buffer.alloc(0))
        : Buffer.from(body.data, body.encoding === "text" ? "utf8" : "base64"),
  };
}

function headerFields(headers: Headers): Fields {
  const visible = Object.entries(headers).filter(
    ([name]) => name !== "cookie" && !isDisallowedHeader(name),
  );
  return Object.fromEntries(visible.map(([name, value]) => [name, { value }]));
}

function hiddenHeaders(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isDisallowedHeader(name)));
}

function headersOf(fields: Fields): Headers {
  const joined = Object.entries(fields).map(([name, field]) => [
    name,
    (field.multiValue ?? [field]).map(({ value }) => value).join(", "),
  ]);
  return Object.fromEntries(joined) as Headers;
}

/** Fields of `name=value` texts; a name that occurs again has all its values in `multiValue`. */
function fieldsOf(texts: Query): Fields {
  const fields = new Map<string, Field>();
  for (const text of texts) {
    addField(fields, parameterName(text), { value: parameterValue(text) });
  }
  return Object.fromEntries(fields);
}

function addField(fields: Map<string, Field>, name: string, field: Field): void {
  const first = fields.get(name);
  fields.set(
    name,
    first ? { ...first, multiValue: [...(first.multiValue ?? [onlyValue(first)]), field] } : field,
  );
}

function onlyValue({ value, attributes }: Field): Field {
  return { value, ...(attributes !== undefined && { attributes }) };
}

function valuesOf(fields: Fields): [string, Field][] {
  return Object.entries(fields).flatMap(([name, field]) =>
    (field.multiValue ?? [field]).map((each): [string, Field] => [name, each]),
  );
}

function textsOf(fields: Fields): string[] {
  return valuesOf(fields).map(([name, { value }]) => `${name}=${value}`);
}

function cookiesIn(header: string | undefined): string[] {
  return (header ?? "").split(/;\s*/).filter((cookie) => cookie !== "");
}

function isSame(one: Fields, other: Fields): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
