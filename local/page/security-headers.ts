/**
 * What all that the page's server sends goes with: it is no other site's to read, to frame or to
 * guess the type of, and is not kept.
 */
export const securityHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** The policy of what stands in the page's place until there is a run to show. */
export function startingPolicy(script: string): string {
  return `default-src 'none'; img-src data:; script-src ${script}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/**
 * The policy of the page: its own files, and the services of the run, which its views may call and
 * show pictures of.
 *
 * @param origins those of the services.
 */
export function pagePolicy(origins: readonly string[]): string {
  const services = origins.join(" ");
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob: ${services}`,
    `connect-src 'self' ${services}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
