import type { IncomingHttpHeaders } from "node:http";
import { invalidArgument } from "./errors";

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

/** A text as Node gives the value of a header that holds it in UTF-8. */
export function asHeaderValue(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text that such a value holds. */
export function fromHeaderValue(value: string): string {
  return Buffer.from(value, "latin1").toString("utf8");
}

/**
 * Checks what is to become a response header: queries and forms may hold more than headers can.
 *
 * @throws S3Error `InvalidArgument`.
 */
export function checkHeader(name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
  }
}
