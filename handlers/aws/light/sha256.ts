import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { Checksum, SourceData } from "@smithy/types";

/** SHA-256 or, with a secret, HMAC-SHA-256, as signers ask for it. */
export class Sha256 implements Checksum {
  readonly #secret: string | Uint8Array | undefined;
  #hash: ReturnType<typeof begin>;

  constructor(secret?: SourceData) {
    this.#secret = secret && bytesOf(secret);
    this.#hash = begin(this.#secret);
  }

  update(data: SourceData): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = begin(this.#secret);
  }
}

function begin(secret: string | Uint8Array | undefined) {
  if (secret === undefined) {
    return createHash("sha256");
  }
  // Of bytes, Node.js finds out that they are no key by two errors, which takes longer than all else.
  return createHmac("sha256", typeof secret === "string" ? secret : createSecretKey(secret));
}

function bytesOf(data: SourceData): string | Uint8Array {
  if (typeof data === "string" || data instanceof Uint8Array) {
    return data;
  }
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
