/**
 * A URL of the CDN as a browser can get it, which does not trust the certificate of a local one.
 *
 * @param plainHttp addresses by plain HTTP, by the CDN's host and port, as `endpoints.json` has them.
 */
export function forBrowser(url: string, plainHttp: Readonly<Record<string, string>>): string {
  const { host, pathname, search } = new URL(url);
  const plain = plainHttp[host];
  return plain === undefined ? url : `${plain}${pathname}${search}`;
}
