import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { type ObjectVersion, VersionedObjects, versionOf } from "../aws/versioned-objects";
import { renditionsPrefix } from "./rendition-keys";

/** A rendition never changes: what is made in another way has another key. */
export const renditionCacheControl = "public, max-age=31536000, immutable";

/** The renditions of images, in a bucket that keeps versions. */
export class RenditionsBucket {
  readonly #s3: S3Client;
  readonly #name: string;
  readonly #objects: VersionedObjects;

  constructor(s3: S3Client, name: string) {
    this.#s3 = s3;
    this.#name = name;
    this.#objects = new VersionedObjects(s3, name);
  }

  /**
   * Stores a rendition; who gets it from the edge may keep it for a year.
   *
   * @returns the version that was made, and its ETag as a header has it.
   */
  async put(
    key: string,
    body: Uint8Array,
    contentType: string,
  ): Promise<{ version: ObjectVersion; etag: string }> {
    const { VersionId, ETag } = await this.#s3.send(
      new PutObjectCommand({
        Bucket: this.#name,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: renditionCacheControl,
      }),
    );
    if (ETag === undefined) {
      throw new Error("S3 answered without an ETag.");
    }
    return { version: versionOf(key, VersionId), etag: ETag };
  }

  /** A URL by which anyone can get a rendition for `seconds`. */
  async presign(key: string, seconds: number): Promise<string> {
    const command = new GetObjectCommand({ Bucket: this.#name, Key: key });
    return await getSignedUrl(this.#s3, command, { expiresIn: seconds });
  }

  /** Whether there is, or not long ago was, any rendition of an image. */
  async hasAny(imageId: string): Promise<boolean> {
    const { done } = await this.#objects.versions(renditionsPrefix(imageId)).next();
    return !done;
  }

  /** Removes all versions of all renditions of an image for good. @returns how many. */
  async removeAll(imageId: string): Promise<number> {
    let removed = 0;
    for await (const versions of this.#objects.versions(renditionsPrefix(imageId))) {
      await this.#objects.removeAll(versions);
      removed += versions.length;
    }
    return removed;
  }

  /** Removes one version for good. */
  async removeVersion(version: ObjectVersion): Promise<void> {
    await this.#objects.remove(version);
  }
}
