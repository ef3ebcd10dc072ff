import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { unzipSync, type Unzipped } from "fflate";

import { AwsError } from "../aws-error";
import { limits } from "./limits";

/**
 * Unzips a function's archive into an empty folder.
 *
 * @throws AwsError `InvalidParameterValueException`, `RequestEntityTooLargeException`: no archive,
 * an archive that is too large, or one with a path that leads out of the folder.
 */
export async function unpack(zip: Uint8Array, folder: string): Promise<void> {
  if (zip.length > limits.zipBytes) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${limits.zipBytes} bytes for the CreateFunction operation`,
      413,
    );
  }
  const entries = Object.entries(inflate(zip));
  if (entries.length === 0) {
    throw invalid("Uploaded file must be a non-empty zip");
  }
  for (const [name, content] of entries) {
    await writeEntry(folder, name, content);
  }
}

function inflate(zip: Uint8Array): Unzipped {
  let unzippedBytes = 0;
  const withinLimit = (entry: { originalSize: number }): boolean => {
    unzippedBytes += entry.originalSize;
    return unzippedBytes <= limits.unzippedBytes;
  };
  let entries: Unzipped;
  try {
    entries = unzipSync(zip, { filter: withinLimit });
  } catch {
    throw notAnArchive();
  }
  if (unzippedBytes > limits.unzippedBytes) {
    throw invalid(`Unzipped size must be smaller than ${limits.unzippedBytes} bytes`);
  }
  return entries;
}

async function writeEntry(folder: string, name: string, content: Uint8Array): Promise<void> {
  if (name.startsWith("/") || /[\\\0]|^[A-Za-z]:/.test(name) || name.split("/").includes("..")) {
    throw notAnArchive();
  }
  const path = join(folder, name);
  if (name.endsWith("/")) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function notAnArchive(): AwsError {
  return invalid(
    "Could not unzip uploaded file. Please check your file, then try to upload again.",
  );
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
