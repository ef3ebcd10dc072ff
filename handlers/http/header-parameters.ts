/** Characters of a header that are read: none that means something needs as many. */
const maxHeader = 8192;

/**
 * The parameters of a header such as `form-data; name="image"`, by name in lower case. Of one that is
 * there twice, the last.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.6.6
 */
export function headerParameters(header: string): ReadonlyMap<string, string> {
  const pattern = /;\s*([\w-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gs;
  return new Map(
    [...header.slice(0, maxHeader).matchAll(pattern)].map(([, name = "", quoted, token = ""]) => [
      name.toLowerCase(),
      quoted?.replace(/\\(["\\])/g, "$1") ?? token.trim(),
    ]),
  );
}
