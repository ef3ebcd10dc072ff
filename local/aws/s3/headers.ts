import type { IncomingHttpHeaders } from "node:http";

/** The value of a header; values of one that came several times are joined. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The headers whose names start with `prefix`, by the rest of their names. */
export function headersWithPrefix(
  headers: IncomingHttpHeaders,
  prefix: string,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = header(headers, name);
    if (name.startsWith(prefix) && value !== undefined) {
      found[name.slice(prefix.length)] = value;
    }
  }
  return found;
}
