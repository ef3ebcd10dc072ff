/** A request that is HTTP, whatever else is wrong with it. */
export interface HttpRequest {
  method: string;
  /** Path below the stage and query, as they are sent. */
  target: string;
  headers: readonly Header[];
  body: Buffer;
}

export type Header = readonly [name: string, value: string];

/** Bytes to send, and what is wrong with them. */
export interface SpoiltRequest {
  /** What was spoilt, such as `query`. */
  kind: string;
  /** The route, such as `POST /images as image/png`. */
  route: string;
  bytes: Buffer;
  /** Whether an answer to it has no body, whatever its headers say. */
  isHead: boolean;
  /** Whether it is sure to be an HTTP request, which the API answers and no server before it. */
  isHttp: boolean;
  /** Whether it has an `Idempotency-Key`, under which the answer to a success is stored. */
  isKeyed: boolean;
}

/**
 * The request as HTTP/1.1.
 *
 * @param apiUrl with the stage.
 */
export function toBytes({ method, target, headers, body }: HttpRequest, apiUrl: URL): Buffer {
  const hasBody = body.length > 0 || ["POST", "PUT", "PATCH"].includes(method);
  const lines = [
    `${method} ${apiUrl.pathname}${target} HTTP/1.1`,
    `Host: ${apiUrl.host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(hasBody ? [`Content-Length: ${body.length}`] : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}

/** The headers with `name` set to `value`, or without it. */
export function withHeader(
  headers: readonly Header[],
  name: string,
  value: string | undefined,
): Header[] {
  const others = headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return value === undefined ? others : [...others, [name, value]];
}
