import fc from "fast-check";
import { type HttpRequest, toBytes } from "./request";
import { edits, place } from "./spoilt-bytes";
import type { Template } from "./templates";

/** First lines that no request has. */
const firstLines = [
  "",
  "\r\n",
  "GET",
  "get /",
  "FOO / HTTP/1.1",
  "GET / HTTP/0.9",
  "GET / HTTP/3.7",
  "GET /\u00e9 HTTP/1.1",
  "GET http://other/ HTTP/1.1",
  "CONNECT a:1 HTTP/1.1",
  "PRI * HTTP/2.0",
  `GET /${"a".repeat(20_000)} HTTP/1.1`,
];

/** Chunks whose sizes are no sizes, or not theirs. */
const chunks = [
  "5\r\nab",
  "zz\r\n",
  "-1\r\n",
  "0\r\n\r\n",
  "4;a=b\r\nnull\r\n0\r\n\r\n",
  "fffffffffff\r\na",
];

/** Headers that make a request of a body with this length ambiguous, too long or unreadable. */
function oddHeaders(length: number, marker: string): string[][] {
  return [
    [`Content-Length: ${length + 10}`],
    [`Content-Length: ${Math.max(length - 10, 0)}`],
    ["Content-Length: -1"],
    ["Content-Length: 1e3"],
    ["Content-Length: 99999999999999999999"],
    [`Content-Length: ${length}`, "Content-Length: 0"],
    [`Content-Length: ${length}`, "Transfer-Encoding: chunked"],
    ["Transfer-Encoding: gzip, chunked"],
    ["Transfer-Encoding: chunked"],
    [marker],
    [`X-${marker}:\u0000`],
    [`X-A: a\n ${marker}`],
    [`X-A: a\rX-B: ${marker}`],
    [`X Y: ${marker}`],
    [`: ${marker}`],
    [`X-Long: ${marker.repeat(2000)}`],
    Array.from({ length: 3000 }, (_, index) => `X-${index}: a`),
    ["Host: other"],
    [`Expect: ${marker}`],
    ["Expect: 100-continue"],
    ["Connection: close"],
  ];
}

/**
 * Requests that are not sure to be HTTP. None can have an effect, since its client may not be told:
 * those with a valid body are cut off.
 */
export function misframed(template: Template, marker: string, apiUrl: URL): fc.Arbitrary<Buffer> {
  const complete = toBytes(template.valid, apiUrl);
  const request = withoutEffect(template.valid, marker);
  const { length } = request.body;
  const whole = toBytes(request, apiUrl);
  const head = whole
    .subarray(0, whole.length - length)
    .toString("latin1")
    .trimEnd();
  const [requestLine = "", ...headerLines] = head.split("\r\n");
  const lines = headerLines.filter((line) => !line.startsWith("Content-Length"));
  const build = (first: string, added: readonly string[], body = request.body) => {
    const text = [first, ...lines, ...added, "", ""].join("\r\n");
    return Buffer.concat([Buffer.from(text, "latin1"), body]);
  };
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...oddHeaders(length, marker))
        .map((added) => build(requestLine, added)),
    },
    fc
      .constantFrom(...chunks)
      .map((text) => build(requestLine, ["Transfer-Encoding: chunked"], Buffer.from(text))),
    fc.constantFrom(...firstLines).map((line) => build(line, [`Content-Length: ${length}`])),
    place.map((share) => complete.subarray(0, Math.floor(share * (complete.length - 1)))),
    edits([whole]).map((edit) => edit(whole)),
    fc.constant(Buffer.concat([whole, whole])),
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
}

/** The request with a body, if any, that every route refuses. */
function withoutEffect(request: HttpRequest, marker: string): HttpRequest {
  return request.body.length > 0
    ? { ...request, body: Buffer.from(`{"${marker}":null}`) }
    : request;
}
