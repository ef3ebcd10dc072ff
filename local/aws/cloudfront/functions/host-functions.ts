import { createHash, createHmac } from "node:crypto";
import type { Host } from "./runtime/host";

/** What one run may see and do outside the engine. */
export interface RunState {
  /** When it began. */
  now: number;
  log: (line: string) => void;
}

/** The functions behind {@link Host}; `run` is asked at each call. */
export function hostFunctions(run: () => RunState): Host {
  return {
    decode: (text, encoding) =>
      Buffer.from(JSON.parse(text) as string, encoding as BufferEncoding).toString("hex"),
    encode: (bytes, encoding) =>
      JSON.stringify(fromHex(bytes).toString(encoding as BufferEncoding)),
    digest: (algorithm, data, key) => {
      const digest =
        key === undefined ? createHash(algorithm) : createHmac(algorithm, fromHex(key));
      return digest.update(fromHex(data)).digest("hex");
    },
    log: (line) => {
      run().log(JSON.parse(line) as string);
      return undefined;
    },
    random: () => Math.random(),
    now: () => run().now,
  };
}

function fromHex(digits: string): Buffer {
  return Buffer.from(digits, "hex");
}
