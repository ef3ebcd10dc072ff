import fs from "node:fs";
import path from "node:path";
import { newBucketConfiguration } from "./configuration";
import type { BucketConfiguration } from "./configuration";
import { wholeSeconds } from "../whole-seconds";
import { namesIn, newFileId, readJson, sweep, temporarySuffix, writeJson } from "../../files";
import { SortedKeys } from "./key-order";
import { Uploads } from "./uploads";
import { isObject } from "./version";
import { newVersionId } from "./version-ids";
import type { ObjectContent, ObjectVersion } from "./version";

/** The file that makes a folder a bucket: written last, removed first. */
export const bucketFile = "bucket.json";

interface BucketRecord {
  name: string;
  /** ISO 8601. */
  createdAt: string;
  configuration: BucketConfiguration;
}

/**
 * One bucket: a folder with a JSON record and a file of bytes for each version of each object, and
 * an index of all records in memory.
 *
 * Files are named by numbers and random ids, never by keys, so that no key can name a file outside
 * the folder or clash with another on a file system that ignores case. A record is what makes a
 * version exist. Records are written synchronously: checking a condition and committing are one
 * step, with no lock.
 */
export class Bucket {
  readonly uploads: Uploads;
  readonly #folder: string;
  readonly #versions = new Map<string, ObjectVersion[]>();
  readonly #keys: SortedKeys;
  #record: BucketRecord;
  #nextSequence = 1;

  /** Creates the bucket's folder, and removes what an interrupted creation left there. */
  static create(folder: string, name: string, createdAt: string): Bucket {
    fs.rmSync(folder, { recursive: true, force: true });
    for (const part of ["versions", "blobs", "uploads"]) {
      fs.mkdirSync(path.join(folder, part), { recursive: true });
    }
    const record: BucketRecord = { name, createdAt, configuration: newBucketConfiguration };
    writeJson(path.join(folder, bucketFile), record);
    return new Bucket(folder);
  }

  /**
   * Opens an existing bucket, and removes what an interrupted write left in its folder.
   *
   * @throws Error when a record cannot be read.
   */
  constructor(folder: string) {
    this.#folder = folder;
    this.#record = readJson(path.join(folder, bucketFile)) as BucketRecord;
    this.uploads = new Uploads(path.join(folder, "uploads"), this);
    this.#loadVersions();
    this.#keys = new SortedKeys(this.#versions.keys());
    this.#removeStaleVersions();
    this.#sweep();
  }

  get name(): string {
    return this.#record.name;
  }

  get createdAt(): string {
    return this.#record.createdAt;
  }

  get configuration(): Readonly<BucketConfiguration> {
    return this.#record.configuration;
  }

  get keys(): SortedKeys {
    return this.#keys;
  }

  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  /** Changes the members of the configuration that `change` names; `undefined` removes one. */
  configure(change: {
    [K in keyof BucketConfiguration]?: BucketConfiguration[K] | undefined;
  }): void {
    this.reset({ ...this.#record.configuration, ...change });
  }

  /** Replaces the whole configuration. */
  reset(configuration: BucketConfiguration): void {
    this.#record = { ...this.#record, configuration };
    writeJson(path.join(this.#folder, bucketFile), this.#record);
  }

  /** All versions of all keys. */
  versions(): ObjectVersion[] {
    return [...this.#versions.values()].flat();
  }

  /** All versions of `key`, the newest first. */
  versionsOf(key: string): readonly ObjectVersion[] {
    return this.#versions.get(key) ?? [];
  }

  /** The newest version of `key`, or the one with `versionId`. */
  find(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.versionsOf(key);
    return versionId === undefined
      ? versions[0]
      : versions.find((version) => version.versionId === versionId);
  }

  /** Writes a new version of `key`, in place of the `null` version where versioning is not on. */
  add(key: string, content: ObjectVersion["content"], now: Date): ObjectVersion {
    const enabled = this.configuration.versioning === "Enabled";
    const versionId = enabled ? newVersionId() : "null";
    const lastModified = wholeSeconds(now.toISOString());
    const version = { key, versionId, sequence: this.#nextSequence++, lastModified, content };
    const replaced = enabled ? undefined : this.find(key, "null");
    writeJson(this.#recordFile(version), version);
    this.#versions.set(key, [version, ...this.versionsOf(key)]);
    this.#keys.add(key);
    this.uploads.overtake(key);
    if (replaced) {
      this.remove(replaced);
    }
    return version;
  }

  /** Changes what is mutable of a version: its tags and its locks. */
  update(
    version: ObjectVersion & { content: ObjectContent },
    change: Partial<Pick<ObjectContent, "tags" | "retention" | "legalHold">>,
  ): void {
    const changed = { ...version, content: { ...version.content, ...change } };
    writeJson(this.#recordFile(version), changed);
    const versions = this.versionsOf(version.key).map((each) =>
      each === version ? changed : each,
    );
    this.#versions.set(version.key, versions);
  }

  /** Removes a version for good. */
  remove(version: ObjectVersion): void {
    fs.rmSync(this.#recordFile(version));
    if (isObject(version)) {
      this.removeBlob(version.content.blob);
    }
    const [newest] = this.versionsOf(version.key);
    if (version === newest) {
      this.uploads.overtake(version.key);
    }
    const left = this.versionsOf(version.key).filter((each) => each !== version);
    if (left.length > 0) {
      this.#versions.set(version.key, left);
    } else {
      this.#versions.delete(version.key);
      this.#keys.delete(version.key);
    }
  }

  /** Where the bytes of `blob` are. */
  blobPath(blob: string): string {
    return path.join(this.#folder, "blobs", blob);
  }

  /** A new name for a file of bytes; it is garbage until a record names it. */
  newBlob(): string {
    return newFileId();
  }

  removeBlob(blob: string): void {
    fs.rmSync(this.blobPath(blob), { force: true });
  }

  /** Removes the bucket from the disk. */
  destroy(): void {
    fs.rmSync(path.join(this.#folder, bucketFile));
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  #recordFile(version: ObjectVersion): string {
    return path.join(this.#folder, "versions", `${version.sequence}.json`);
  }

  #loadVersions(): void {
    const folder = path.join(this.#folder, "versions");
    sweep(folder, (name) => name.endsWith(".json"));
    const versions = namesIn(folder).map(
      (name) => readJson(path.join(folder, name)) as ObjectVersion,
    );
    versions.sort((a, b) => b.sequence - a.sequence);
    this.#nextSequence = (versions[0]?.sequence ?? 0) + 1;
    for (const version of versions) {
      const others = this.#versions.get(version.key);
      if (others) {
        others.push(version);
      } else {
        this.#versions.set(version.key, [version]);
      }
    }
  }

  /** A kill between two steps of {@link add} leaves the version that was to be replaced. */
  #removeStaleVersions(): void {
    for (const versions of [...this.#versions.values()]) {
      const nulls = versions.filter((version) => version.versionId === "null");
      for (const stale of nulls.slice(1)) {
        this.remove(stale);
      }
    }
  }

  #sweep(): void {
    sweep(this.#folder, (name) => !name.endsWith(temporarySuffix));
    const blobs = new Set(this.uploads.blobs());
    for (const version of [...this.#versions.values()].flat()) {
      if (isObject(version)) {
        blobs.add(version.content.blob);
      }
    }
    sweep(path.join(this.#folder, "blobs"), (name) => blobs.has(name));
  }
}
