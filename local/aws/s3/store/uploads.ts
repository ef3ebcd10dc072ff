import fs from "node:fs";
import path from "node:path";
import type { Checksum, ChecksumAlgorithm } from "../body/checksums";
import { noSuchUpload } from "../errors";
import { namesIn, newFileId, readJson, sweep, writeJson } from "../../files";
import type { ObjectAttributes } from "./version";

/** A multipart upload in progress. */
export interface Upload {
  id: string;
  key: string;
  /** ISO 8601. */
  initiatedAt: string;
  attributes: ObjectAttributes;
  checksum: UploadChecksum;
  /** The object was written or deleted since it began, so that it meets no condition any more. */
  overtaken?: true;
}

/** How the whole of an upload is summed up. */
export interface UploadChecksum {
  algorithm: ChecksumAlgorithm;
  type: Checksum["type"];
  /** Nobody asked for it, so that nothing is told of it before the upload is complete. */
  implied?: true;
}

/** A part that was uploaded. */
export interface Part {
  /** 1–10,000. */
  number: number;
  blob: string;
  size: number;
  etag: string;
  checksum: Checksum;
  /** ISO 8601. */
  lastModified: string;
}

/** Where the bytes of parts lie. */
interface Blobs {
  removeBlob(blob: string): void;
}

const uploadFile = "upload.json";

/** Whether a text can be the id of an upload that there is or was. */
export function isUploadId(text: string): boolean {
  return /^[0-9a-z]{9}[0-9a-f]{32}$/.test(text);
}

/** The multipart uploads of one bucket: a folder each, with a record for each part. */
export class Uploads {
  readonly #folder: string;
  readonly #blobs: Blobs;
  readonly #uploads = new Map<string, { upload: Upload; parts: Map<number, Part> }>();
  /** What the id of the latest upload of this run begins with: milliseconds since 1970, or more. */
  #latest = 0;

  /** Opens the uploads in `folder`, and removes what an interrupted write left there. */
  constructor(folder: string, blobs: Blobs) {
    this.#folder = folder;
    this.#blobs = blobs;
    sweep(folder, (id) => fs.existsSync(path.join(folder, id, uploadFile)));
    for (const id of namesIn(folder)) {
      this.#load(id);
    }
  }

  begin(upload: Omit<Upload, "id">): Upload {
    // Those of one key are listed from the oldest on, and go on behind an id that may be gone by then.
    this.#latest = Math.max(Date.parse(upload.initiatedAt), this.#latest + 1);
    const time = this.#latest.toString(36).padStart(9, "0");
    const begun = { ...upload, id: `${time}${newFileId()}` };
    fs.mkdirSync(path.join(this.#folder, begun.id));
    writeJson(path.join(this.#folder, begun.id, uploadFile), begun);
    this.#uploads.set(begun.id, { upload: begun, parts: new Map() });
    return begun;
  }

  /** @throws S3Error `NoSuchUpload`, also when the upload is of another key. */
  find(key: string, id: string): Upload {
    const found = this.#uploads.get(id)?.upload;
    if (found?.key !== key) {
      throw noSuchUpload(id);
    }
    return found;
  }

  has(id: string): boolean {
    return this.#uploads.has(id);
  }

  all(): Upload[] {
    return [...this.#uploads.values()].map(({ upload }) => upload);
  }

  /** Notes that the object `key` was written or deleted. */
  overtake(key: string): void {
    for (const entry of this.#uploads.values()) {
      const { upload } = entry;
      if (upload.key === key && !upload.overtaken) {
        entry.upload = { ...upload, overtaken: true };
        writeJson(path.join(this.#folder, upload.id, uploadFile), entry.upload);
      }
    }
  }

  /** The parts of an upload, by number. */
  parts(upload: Upload): Part[] {
    return [...this.#entry(upload).parts.values()].sort((a, b) => a.number - b.number);
  }

  /**
   * Adds a part, in place of one of the same number.
   *
   * @throws S3Error `NoSuchUpload` when the upload has ended meanwhile.
   */
  addPart(upload: Upload, part: Part): void {
    const { parts } = this.#entry(upload);
    const replaced = parts.get(part.number);
    writeJson(path.join(this.#folder, upload.id, `${part.number}.json`), part);
    parts.set(part.number, part);
    if (replaced) {
      this.#blobs.removeBlob(replaced.blob);
    }
  }

  /** Removes an upload and its parts. */
  end(upload: Upload): void {
    const { parts } = this.#entry(upload);
    this.#uploads.delete(upload.id);
    fs.rmSync(path.join(this.#folder, upload.id, uploadFile));
    fs.rmSync(path.join(this.#folder, upload.id), { recursive: true });
    for (const part of parts.values()) {
      this.#blobs.removeBlob(part.blob);
    }
  }

  /** The blobs that parts need. */
  blobs(): string[] {
    return [...this.#uploads.values()].flatMap(({ parts }) =>
      [...parts.values()].map((part) => part.blob),
    );
  }

  #entry(upload: Upload): { upload: Upload; parts: Map<number, Part> } {
    const entry = this.#uploads.get(upload.id);
    if (!entry) {
      throw noSuchUpload(upload.id);
    }
    return entry;
  }

  #load(id: string): void {
    const folder = path.join(this.#folder, id);
    sweep(folder, (name) => name.endsWith(".json"));
    const upload = readJson(path.join(folder, uploadFile)) as Upload;
    const parts = namesIn(folder)
      .filter((name) => name !== uploadFile)
      .map((name) => readJson(path.join(folder, name)) as Part);
    this.#uploads.set(id, { upload, parts: new Map(parts.map((part) => [part.number, part])) });
  }
}
