import { decodeText, encodeText, hexOf } from "./bytes";
import { Buffer } from "./buffer";
import { host } from "./host";

const algorithms = ["md5", "sha1", "sha256"];

/** A hash, or an HMAC if it has a key. */
class Digest {
  readonly #algorithm: string;
  readonly #key: string | undefined;
  #data = "";
  #isDone = false;

  constructor(algorithm: string, key?: string) {
    if (!algorithms.includes(algorithm)) {
      throw new TypeError(`not supported algorithm: "${algorithm}"`);
    }
    this.#algorithm = algorithm;
    this.#key = key;
  }

  update(data: string | Uint8Array, encoding?: string): this {
    this.#requireOpen();
    this.#data += hexOfData(data, encoding);
    return this;
  }

  /** @returns a buffer without an encoding, else a text. */
  digest(encoding?: string): Buffer | string {
    this.#requireOpen();
    this.#isDone = true;
    const result =
      this.#key === undefined
        ? host.digest(this.#algorithm, this.#data)
        : host.digest(this.#algorithm, this.#data, this.#key);
    return encoding === undefined ? Buffer.fromHex(result) : encodeText(result, encoding);
  }

  #requireOpen(): void {
    if (this.#isDone) {
      throw new Error("Digest already called");
    }
  }
}

function hexOfData(data: string | Uint8Array, encoding?: string): string {
  return typeof data === "string" ? decodeText(data, encoding) : hexOf(data);
}

export const crypto = {
  createHash: (algorithm: string): Digest => new Digest(algorithm),
  createHmac: (algorithm: string, key: string | Uint8Array): Digest =>
    new Digest(algorithm, hexOfData(key)),
};
