import { isOwnAddress } from "../aws/own-addresses";
import { textsIn } from "../engine/properties";

/**
 * Origins of the services of a run: of all URLs of this machine in `values`, each once.
 *
 * @param values where services listen, and the stack's outputs.
 */
export function serviceOrigins(...values: readonly unknown[]): string[] {
  const origins = textsIn(values).flatMap((text) => {
    const url = URL.parse(text);
    const isHttp = url !== null && /^https?:$/.test(url.protocol);
    const isLocal = isHttp && (url.hostname === "localhost" || isOwnAddress(url.hostname));
    return isLocal ? [url.origin] : [];
  });
  return [...new Set(origins)].sort();
}
