/**
 * The functions of the host that the sandbox gets, texts in and texts out: nothing else of the host
 * can be reached from inside. A text that crosses the border ends at its first NUL, so bytes go as
 * hexadecimal digits and free text goes as JSON.
 */
export interface Host {
  /** @returns in hexadecimal, the bytes that a text in JSON stands for in `encoding`. */
  decode(text: string, encoding: string): string;
  /** @returns in JSON, the text that stands for `bytes` in `encoding`. */
  encode(bytes: string, encoding: string): string;
  /** @param key of an HMAC; without one it is a plain hash. All are in hexadecimal. */
  digest(algorithm: string, data: string, key?: string): string;
  /** @param line in JSON. */
  log(line: string): undefined;
  /** From 0 to below 1. */
  random(): number;
  /** Milliseconds: when the run began. */
  now(): number;
}

declare global {
  // Only while the runtime is set up; it takes it away.
  var host: Host | undefined;
}

function theHost(): Host {
  const { host } = globalThis;
  if (host === undefined) {
    throw new Error("The runtime is set up without a host.");
  }
  return host;
}

export const host = theHost();
