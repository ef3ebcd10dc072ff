import { mkdirSync, writeFileSync } from "node:fs";
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
export function unpack(zip: Uint8Array, folder: string): void {
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
  const folders = new Set([folder]);
  for (const [name, content] of entries) {
    writeEntry(folder, name, content, folders);
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

/** Waits for each: a promise a file would take several times as long. */
function writeEntry(root: string, name: string, content: Uint8Array, folders: Set<string>): void {
  if (name.startsWith("/") || /[\\\0]|^[A-Za-z]:/.test(name) || name.split("/").includes("..")) {
    throw notAnArchive();
  }
  const path = join(root, name);
  const isFolder = name.endsWith("/");
  const folder = isFolder ? path : dirname(path);
  if (!folders.has(folder)) {
    mkdirSync(folder, { recursive: true });
    folders.add(folder);
  }
  if (!isFolder) {
    writeFileSync(path, content);
  }
}

function notAnArchive(): AwsError {
  return invalid(
    "Could not unzip uploaded file. Please check your file, then try to upload again.",
  );
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
