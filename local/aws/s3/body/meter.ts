import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import { incompleteBody } from "../errors";
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

/** Hashes and counts what passes through, and stops a body that is longer than announced. */
export class Meter extends Transform {
  readonly #length: number;
  readonly #md5 = createHash("md5");
  readonly #sha256;
  readonly #checksum;
  #size = 0;

  constructor(options: { length: number; algorithm: ChecksumAlgorithm; sha256: boolean }) {
    super();
    this.#length = options.length;
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
    callback(this.#size > this.#length ? incompleteBody() : null, chunk);
  }

  /**
   * To be called once, at the end.
   *
   * @throws S3Error `IncompleteBody` when the body is shorter than announced.
   */
  finish(): BodyFacts {
    if (this.#size !== this.#length) {
      throw incompleteBody();
    }
    return {
      size: this.#size,
      md5: this.#md5.digest(),
      sha256: this.#sha256?.digest(),
      checksum: this.#checksum.digest(),
    };
  }
}
