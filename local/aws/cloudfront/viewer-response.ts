import type { ViewerRequest, WholeResponse } from "./types";

/**
 * What of a whole response the viewer gets: nothing new (304), the range that it asked for (206),
 * or all. Only a 200 is cut down.
 */
export function forViewer(request: ViewerRequest, response: WholeResponse): WholeResponse {
  if (response.status !== 200 || !["GET", "HEAD"].includes(request.method)) {
    return response;
  }
  if (isUnchanged(request, response)) {
    return { ...response, status: 304, body: Buffer.alloc(0) };
  }
  return rangeOf(request, response);
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2 */
function isUnchanged({ headers }: ViewerRequest, { headers: { etag, ...others } }: WholeResponse) {
  const tags = headers["if-none-match"];
  if (tags !== undefined) {
    const known: readonly string[] = tags.match(/"[^"]*"/g) ?? [];
    return tags.trim() === "*" || (etag !== undefined && known.includes(weak(etag)));
  }
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return Date.parse(others["last-modified"] ?? "") <= since;
}

function weak(tag: string): string {
  return tag.replace(/^W\//, "");
}

/** Several ranges at once are answered by the whole, as RFC 9110 allows. */
function rangeOf({ headers }: ViewerRequest, response: WholeResponse): WholeResponse {
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "");
  const condition = headers["if-range"];
  const validators = [response.headers.etag, response.headers["last-modified"]];
  if (!range || (range[1] === "" && range[2] === "")) {
    return response;
  }
  if (condition !== undefined && !validators.includes(condition)) {
    return response;
  }
  const size = response.body.length;
  const [, first = "", last = ""] = range;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) {
    const unsatisfied = { ...response.headers, "content-range": `bytes */${size}` };
    return { status: 416, headers: unsatisfied, body: Buffer.alloc(0) };
  }
  return {
    status: 206,
    headers: { ...response.headers, "content-range": `bytes ${start}-${end}/${size}` },
    body: response.body.subarray(start, end + 1),
  };
}
