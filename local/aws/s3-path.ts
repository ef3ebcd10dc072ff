/**
 * Decodes a path as S3 does: a plus that is not percent-encoded is a space, outside of queries, too.
 *
 * Clients encode a plus in a key as `%2B` therefore.
 *
 * @throws URIError when the path is not well encoded.
 */
export function decodeS3Path(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll("+", "%20"));
}
