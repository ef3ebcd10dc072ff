import { Transform } from "node:stream";
import type { TransformCallback } from "node:stream";
import type { ChunkVerifier } from "../../iam/types";
import { entityTooLarge, incompleteBody, S3Error } from "../errors";

/** The trailer that signs the others. */
export const trailerSignature = "x-amz-trailer-signature";
const maxLineBytes = 8 * 1024;

/** Signed chunks are held until their signature is checked; SDKs make them of 64 KiB to 1 MiB. */
const maxSignedChunkBytes = 16 * 1024 * 1024;

/**
 * Removes the `aws-chunked` framing of a body: chunks of `<hex size>[;chunk-signature=…]\r\n<data>\r\n`,
 * the last one empty and followed by trailers.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export class AwsChunkedDecoder extends Transform {
  /** Trailers by lower-case name; complete when the stream has ended. */
  readonly trailers = new Map<string, string>();
  readonly #verifier: ChunkVerifier | undefined;
  #state: "size" | "data" | "data-end" | "trailers" | "done" = "size";
  #remaining = 0;
  #signature = "";
  #held: Buffer[] = [];
  #line = "";
  /** The last trailer ended in a bare `\n`. */
  #isBare = false;

  /** @param verifier checks the signatures of chunks and trailers, where they are signed. */
  constructor(verifier?: ChunkVerifier) {
    super();
    this.#verifier = verifier;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    try {
      for (let rest = chunk; rest.length > 0;) {
        rest = this.#state === "data" ? this.#takeData(rest) : this.#takeLine(rest);
      }
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  override _flush(callback: TransformCallback): void {
    // The blank line behind the trailers may be missing: some SDKs leave it out.
    const ended = this.#state === "done" || (this.#state === "trailers" && this.#line === "");
    try {
      this.#verifyTrailers();
      callback(ended ? null : incompleteBody());
    } catch (error) {
      callback(error as Error);
    }
  }

  #takeData(bytes: Buffer): Buffer {
    const data = bytes.subarray(0, this.#remaining);
    this.#remaining -= data.length;
    if (this.#verifier) {
      this.#held.push(data);
    } else {
      this.push(data);
    }
    if (this.#remaining === 0) {
      this.#endChunk();
      this.#state = "data-end";
    }
    return bytes.subarray(data.length);
  }

  #endChunk(): void {
    if (this.#verifier) {
      const data = Buffer.concat(this.#held);
      this.#held = [];
      this.#verifier.chunk(data, this.#signature);
      this.push(data);
    }
  }

  /** Lines are ASCII, so they may be cut anywhere. */
  #takeLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf("\n");
    const taken = end < 0 ? bytes.length : end + 1;
    this.#line += bytes.toString("latin1", 0, taken);
    if (this.#line.length > maxLineBytes) {
      throw invalidChunk();
    }
    if (end >= 0) {
      const [line = "", lineEnd] = this.#line.split(/(\r?\n)$/);
      this.#line = "";
      this.#readLine(line, lineEnd === "\n");
    }
    return bytes.subarray(taken);
  }

  #readLine(line: string, isBare: boolean): void {
    if (this.#state === "size") {
      this.#readSize(line);
    } else if (this.#state === "trailers") {
      this.#readTrailerLine(line, isBare);
    } else if (this.#state === "data-end" && line === "") {
      this.#state = "size";
    } else {
      throw invalidChunk();
    }
  }

  #readSize(line: string): void {
    const [, size, signature = ""] =
      /^([0-9a-f]{1,13})(?:;chunk-signature=([0-9a-f]+))?$/i.exec(line) ?? [];
    if (size === undefined) {
      throw invalidChunk();
    }
    this.#remaining = Number.parseInt(size, 16);
    this.#signature = signature;
    this.#state = this.#remaining > 0 ? "data" : "trailers";
    if (this.#verifier && this.#remaining > maxSignedChunkBytes) {
      throw entityTooLarge(maxSignedChunkBytes);
    }
    if (this.#remaining === 0) {
      this.#endChunk();
    }
  }

  /**
   * minio-go writes `\n\r\n` behind trailers, which S3 takes: the blank line that this makes ends nothing.
   *
   * @see https://github.com/minio/minio-go/blob/master/pkg/signer/request-signature-streaming.go
   */
  #readTrailerLine(line: string, isBare: boolean): void {
    if (line !== "") {
      this.#readTrailer(line);
    } else if (!this.#isBare) {
      this.#state = "done";
    }
    this.#isBare = isBare && line !== "";
  }

  #readTrailer(line: string): void {
    const colon = line.indexOf(":");
    if (colon <= 0) {
      throw invalidChunk();
    }
    this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }

  #verifyTrailers(): void {
    const signature = this.trailers.get(trailerSignature);
    const signed = [...this.trailers].filter(([name]) => name !== trailerSignature);
    if (this.#verifier && signed.length > 0) {
      const text = signed.map(([name, value]) => `${name}:${value}\n`).join("");
      this.#verifier.trailer(text, signature ?? "");
    }
  }
}

function invalidChunk(): S3Error {
  return new S3Error("InvalidRequest", "The body is not framed as aws-chunked says", 400);
}
