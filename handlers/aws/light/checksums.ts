import { Readable } from "node:stream";
import { crc32 } from "node:zlib";

/** S3 takes no smaller pieces of a body but the last one; and many are slow. */
const pieceBytes = 64 * 1024;

/** The header, or the trailer, with the CRC-32 of a body. */
export const checksumHeader = "x-amz-checksum-crc32";

/** The CRC-32 of a body, as S3 writes it. */
export function checksumOf(body: string | Uint8Array): string {
  return base64Of(crc32(body));
}

/**
 * A body whose checksum comes after it, as it is sent.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function withTrailer(body: Readable): Readable {
  return Readable.from(piecesOf(body), { objectMode: false });
}

async function* piecesOf(body: Readable): AsyncGenerator<Buffer> {
  let checksum = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    checksum = crc32(chunk, checksum);
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= pieceBytes) {
      yield pieceOf(waiting, waitingBytes);
      [waiting, waitingBytes] = [[], 0];
    }
  }
  if (waitingBytes > 0) {
    yield pieceOf(waiting, waitingBytes);
  }
  yield Buffer.from(`0\r\n${checksumHeader}:${base64Of(checksum)}\r\n\r\n`);
}

function pieceOf(chunks: readonly Buffer[], bytes: number): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.toString(16)}\r\n`), ...chunks, Buffer.from("\r\n")]);
}

/**
 * Passes on a body, and fails at its end when it is not what its checksum says.
 *
 * @param expected the checksum, as S3 writes it.
 */
export function checked(body: Readable, expected: string): Readable {
  return Readable.from(checkedChunks(body, expected), { objectMode: false });
}

async function* checkedChunks(body: Readable, expected: string): AsyncGenerator<Buffer> {
  let checksum = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  const received = base64Of(checksum);
  if (received !== expected) {
    throw new Error(
      `Checksum mismatch: expected "${expected}" but received "${received}" in response header "${checksumHeader}".`,
    );
  }
}

function base64Of(checksum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return bytes.toString("base64");
}
