import { open } from "node:fs/promises";
import type { FailOnOptions } from "sharp";
import { type ByteReader, bytesElsewhere } from "../file/bytes";
import { isAboutImage, isWithoutWords } from "../file/decoder-words";
import { inspect } from "../file/inspect";
import { unreadable } from "../file/unreadable";

/** An image in a file of this machine. */
export interface StoredFile {
  path: string;
  /** Bytes. */
  size: number;
  contentType: string;
  /** EXIF orientation, 1–8, if the file states one. */
  orientation?: number | undefined;
  /** Most pixels that it may have. */
  maxPixels: number;
}

/** What stands before warnings of decoders where these count as errors. */
const warned = "Warning treated as error due to failOn setting\n";

/** What libjpeg says of pixels that end too early, before an end that is there. */
const cutOff = "premature end of data segment";

/** What it says of a file without an end, which `inspect` takes if it has all pixels. */
const noEnd = "premature end of JPEG image";

/**
 * Decodes a file, as strictly as is fair: what decoders pass over with a warning is an image, unless
 * pixels are missing.
 *
 * @param decode decodes it, failing on what it is told to.
 * @throws ApiError 415 `UnreadableImage` when it is no image, or not a whole one.
 */
export async function decodeWith<Result>(
  file: StoredFile,
  decode: (failOn: FailOnOptions) => Promise<Result>,
): Promise<Result> {
  let warning: string;
  try {
    return await decode("warning");
  } catch (error) {
    warning = complaint(error);
    if (warning.includes(cutOff)) {
      throw unreadable(`The image is cut off: ${warning}.`);
    }
  }
  try {
    return await decode("error");
  } catch (error) {
    const message = isUnknown(error) ? warning : complaint(error);
    if (!message.includes(noEnd)) {
      throw unreadable(`The image cannot be decoded: ${message}.`);
    }
  }
  await inspectFile(file);
  return await decode("none");
}

/** What a decoder says of a file. @throws whatever else the error is about. */
function complaint(error: unknown): string {
  const text = error instanceof Error ? error.message : "";
  const isWarning = text.startsWith(warned);
  const [message = ""] = (isWarning ? text.slice(warned.length) : text).split("\n");
  if (!isWarning && !isAboutImage(message)) {
    throw error;
  }
  return message;
}

function isUnknown(error: unknown): boolean {
  return error instanceof Error && isWithoutWords(error.message);
}

async function inspectFile(file: StoredFile): Promise<void> {
  const { contentType, maxPixels } = file;
  await reading(file, (bytes) => inspect(bytes, contentType, maxPixels));
}

/** Does something with the bytes of a file. */
export async function reading<Result>(
  { path, size }: Pick<StoredFile, "path" | "size">,
  read: (bytes: ByteReader) => Promise<Result>,
): Promise<Result> {
  const handle = await open(path);
  try {
    const fetch = async (first: number, last: number) => {
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(last + 1 - first),
        position: first,
      });
      return buffer.subarray(0, bytesRead);
    };
    return await read(bytesElsewhere(size, fetch));
  } finally {
    await handle.close();
  }
}
