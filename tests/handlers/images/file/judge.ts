import assert from "node:assert/strict";
import { ApiError } from "../../../../handlers/http/errors";
import {
  type ByteReader,
  bytesElsewhere,
  bytesInMemory,
} from "../../../../handlers/images/file/bytes";
import { inspect } from "../../../../handlers/images/file/inspect";

/** What becomes of an image: what it states, or why it was refused. */
export type Judgement =
  | { contentType: string; width: number; height: number; orientation?: number }
  | { statusCode: number; code: string; message: string };

/** A file elsewhere, and what was fetched of it. */
export interface Elsewhere {
  file: ByteReader;
  /** Bytes of each request. */
  requests: number[];
}

/** Of a file, fetches ranges as S3 gives them: at most to the end, and never none. */
export function elsewhere(bytes: Buffer): Elsewhere {
  const requests: number[] = [];
  const fetch = (first: number, last: number) => {
    assert.ok(first <= last && first < bytes.length, `bytes=${first}-${last}`);
    const range = Buffer.from(bytes.subarray(first, last + 1));
    requests.push(range.length);
    return Promise.resolve(range);
  };
  return { file: bytesElsewhere(bytes.length, fetch), requests };
}

/**
 * What becomes of an image, which is the same for one that is in memory and one that is fetched.
 *
 * @param maxPixels most pixels that it may have.
 */
export async function judge(bytes: Buffer, maxPixels = 1_000_000): Promise<Judgement> {
  const inMemory = await judgementOf(bytesInMemory(bytes), maxPixels);
  assert.deepEqual(await judgementOf(elsewhere(bytes).file, maxPixels), inMemory);
  return inMemory;
}

async function judgementOf(file: ByteReader, maxPixels: number): Promise<Judgement> {
  try {
    return await inspect(file, undefined, maxPixels);
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    const { statusCode, code, message } = error;
    return { statusCode, code, message };
  }
}

/** Asserts that an image is refused as unreadable, with a sentence that matches. */
export async function assertUnreadable(bytes: Buffer, sentence: RegExp): Promise<void> {
  const judgement = await judge(bytes);
  assert.ok("code" in judgement, JSON.stringify(judgement));
  assert.deepEqual([judgement.statusCode, judgement.code], [415, "UnreadableImage"]);
  assert.match(judgement.message, sentence);
}
