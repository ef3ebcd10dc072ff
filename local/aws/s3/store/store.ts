import path from "node:path";
import fs from "node:fs";
import { noSuchBucket } from "../errors";
import { Bucket, bucketFile } from "./bucket";
import { namesIn, sweep } from "../../files";

/** All buckets, each in a folder of its name: valid bucket names are safe file names. */
export class Store {
  readonly #folder: string;
  readonly #buckets = new Map<string, Bucket>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Reads what is on the disk.
   *
   * @throws Error when a record cannot be read.
   */
  open(): void {
    fs.mkdirSync(this.#folder, { recursive: true });
    sweep(this.#folder, (name) => fs.existsSync(path.join(this.#folder, name, bucketFile)));
    for (const name of namesIn(this.#folder)) {
      this.#buckets.set(name, new Bucket(path.join(this.#folder, name)));
    }
  }

  /** @throws S3Error `NoSuchBucket`. */
  bucket(name: string): Bucket {
    const bucket = this.find(name);
    if (!bucket) {
      throw noSuchBucket(name);
    }
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** All buckets, by name. */
  all(): Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @param name valid, and not taken. */
  create(name: string, now: Date): Bucket {
    const bucket = Bucket.create(path.join(this.#folder, name), name, now.toISOString());
    this.#buckets.set(name, bucket);
    return bucket;
  }

  delete(bucket: Bucket): void {
    this.#buckets.delete(bucket.name);
    bucket.destroy();
  }
}
