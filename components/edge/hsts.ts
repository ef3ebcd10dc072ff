import type { HstsScope } from "../config/edge-config";

/** A year, which lists of hosts that browsers know beforehand ask for at least. https://hstspreload.org/ */
const maxAgeSeconds = 31_536_000;

/** The header `Strict-Transport-Security`. https://www.rfc-editor.org/rfc/rfc6797#section-6.1 */
export function hstsHeader(scope: HstsScope): string {
  const { includeSubdomains, preload } = flagsOf(scope);
  return [
    `max-age=${maxAgeSeconds}`,
    ...(includeSubdomains ? ["includeSubDomains"] : []),
    ...(preload ? ["preload"] : []),
  ].join("; ");
}

/** The same for a response headers policy of CloudFront. */
export function hstsPolicy(scope: HstsScope) {
  return { accessControlMaxAgeSec: maxAgeSeconds, override: true, ...flagsOf(scope) };
}

function flagsOf(scope: HstsScope): { includeSubdomains?: boolean; preload?: boolean } {
  return {
    ...(scope !== "host" && { includeSubdomains: true }),
    ...(scope === "preload" && { preload: true }),
  };
}
