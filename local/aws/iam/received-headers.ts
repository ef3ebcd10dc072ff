import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/**
 * The headers of a request as its signature has them: of one that came several times each value by itself,
 * which Node.js joins in its own way.
 */
export function receivedHeaders(request: IncomingMessage): IncomingHttpHeaders {
  const { headers, rawHeaders } = request;
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  if (new Set(names).size === names.length) {
    return headers;
  }
  const joined = Object.entries(request.headersDistinct).filter(
    ([name, values = []]) => values.length > 1 && headers[name] === values.join(", "),
  );
  return { ...headers, ...(Object.fromEntries(joined) as Record<string, string[]>) };
}
