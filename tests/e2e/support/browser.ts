import type { Stack } from "./stack";

/** A URL of the CDN as a browser can get it, which does not know the local CDN's certificate. */
export function forBrowser({ cdnPlainHttp = {} }: Stack, url: string): string {
  const { host, pathname, search } = new URL(url);
  const plain = cdnPlainHttp[host];
  return plain === undefined ? url : `${plain}${pathname}${search}`;
}
