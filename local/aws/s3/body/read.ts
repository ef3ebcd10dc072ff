import fs from "node:fs";
import type { Readable } from "node:stream";
import type { ByteRange } from "../range";
import type { Bucket } from "../store/bucket";

/**
 * Reads bytes of a blob.
 *
 * The file is opened at once: whoever replaces or removes the object meanwhile does not tear it.
 *
 * @param range the whole blob when absent.
 */
export function openBytes(bucket: Bucket, blob: string, range?: ByteRange): Readable {
  const file = bucket.blobPath(blob);
  return fs.createReadStream(file, { fd: fs.openSync(file, "r"), ...range });
}
