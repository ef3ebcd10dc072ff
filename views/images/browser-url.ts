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

/**
 * Whether a signed URL of the CDN is good no longer.
 *
 * @param now milliseconds since 1970.
 */
export function hasEnded(url: string, now: number): boolean {
  const end = new URL(url).searchParams.get("Expires");
  return end !== null && 1000 * Number(end) <= now;
}
