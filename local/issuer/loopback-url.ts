const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a URL leads to this machine by HTTP or HTTPS, on any port. */
export function isLoopbackUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && loopbackHosts.has(url.hostname);
}
