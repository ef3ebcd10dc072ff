import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import { entityTooLarge, incompleteBody } from "../errors";
import { createHasher } from "./checksums";
import type { ChecksumAlgorithm } from "./checksums";

/** What was found out about a body while it passed by. */
export interface BodyFacts {
  size: number;
  md5: Buffer;
  /** Only if it was asked for. */
  sha256: Buffer | undefined;
  checksum: Buffer;
}

export interface MeterOptions {
  algorithm: ChecksumAlgorithm;
  /** Whether to compute SHA-256 too. */
  sha256: boolean;
  /** Bytes that are announced; any number when absent. */
  length?: number;
  /** Bytes that there may be. */
  maxBytes: number;
}

/** Hashes and counts what passes through, and stops a body that is too long. */
export class Meter extends Transform {
  readonly #options: MeterOptions;
  readonly #md5 = createHash("md5");
  readonly #sha256;
  readonly #checksum;
  #size = 0;

  constructor(options: MeterOptions) {
    super();
    this.#options = options;
    this.#sha256 = options.sha256 ? createHash("sha256") : undefined;
    this.#checksum = createHasher(options.algorithm);
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: (error: Error | null, chunk?: Buffer) => void,
  ): void {
    this.#size += chunk.length;
    this.#md5.update(chunk);
    this.#sha256?.update(chunk);
    this.#checksum.update(chunk);
    callback(this.#fault(), chunk);
  }

  /**
   * To be called once, at the end.
   *
   * @throws S3Error `IncompleteBody` when the body is shorter than announced.
   */
  finish(): BodyFacts {
    if (this.#size !== (this.#options.length ?? this.#size)) {
      throw incompleteBody();
    }
    return {
      size: this.#size,
      md5: this.#md5.digest(),
      sha256: this.#sha256?.digest(),
      checksum: this.#checksum.digest(),
    };
  }

  #fault(): Error | null {
    const { length = Number.POSITIVE_INFINITY, maxBytes } = this.#options;
    if (this.#size > maxBytes) {
      return entityTooLarge(maxBytes);
    }
    return this.#size > length ? incompleteBody() : null;
  }
}
