import { textsIn } from "../engine/properties";

/**
 * Origins of the services of a run: of all URLs of this machine in `values`, each once.
 *
 * @param values where services listen, and the stack's outputs.
 */
export function serviceOrigins(...values: readonly unknown[]): string[] {
  const origins = textsIn(values).flatMap((text) => {
    const url = URL.parse(text);
    const isLocal = url?.hostname === "127.0.0.1" || url?.hostname === "localhost";
    return isLocal && /^https?:$/.test(url.protocol) ? [url.origin] : [];
  });
  return [...new Set(origins)].sort();
}
