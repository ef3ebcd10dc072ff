import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";

/** A version of an object. */
export interface ObjectVersion {
  key: string;
  versionId: string;
}

/** A version as a bucket lists it. */
export interface ListedVersion extends ObjectVersion {
  isLatest: boolean;
}

/** The versions of the objects of a bucket that keeps them. */
export class VersionedObjects {
  readonly #s3: S3Client;
  readonly #name: string;

  constructor(s3: S3Client, name: string) {
    this.#s3 = s3;
    this.#name = name;
  }

  /**
   * Removes what writes of an object that were repeated have left: all versions but the latest, for
   * good. Whoever else does that at the same time, the latest stays.
   */
  async keepLatest(key: string): Promise<void> {
    for await (const versions of this.versions(key)) {
      const earlier = versions.filter(({ isLatest }) => !isLatest);
      if (earlier.length > 0) {
        await this.removeAll(earlier);
      }
    }
  }

  /**
   * All versions and delete markers of the objects whose keys begin with `prefix`, in pages of at
   * most a thousand.
   */
  async *versions(prefix: string): AsyncGenerator<ListedVersion[]> {
    let position: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (position) {
      const page: ListObjectVersionsCommandOutput = await this.#s3.send(
        new ListObjectVersionsCommand({ Bucket: this.#name, Prefix: prefix, ...position }),
      );
      const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      if (found.length > 0) {
        yield found.map(({ Key = "", VersionId, IsLatest = false }) => ({
          ...versionOf(Key, VersionId),
          isLatest: IsLatest,
        }));
      }
      position = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
  }

  /**
   * Removes a version for good, which needs `s3:DeleteObjectVersion`. Without its id, the bucket
   * would keep the bytes under a delete marker.
   */
  async remove({ key, versionId }: ObjectVersion): Promise<void> {
    await this.#s3.send(
      new DeleteObjectCommand({ Bucket: this.#name, Key: key, VersionId: versionId }),
    );
  }

  /**
   * Removes at most a thousand versions for good.
   *
   * @throws Error when any could not be removed.
   */
  async removeAll(versions: readonly ObjectVersion[]): Promise<void> {
    const objects: ObjectIdentifier[] = versions.map(({ key, versionId }) => ({
      Key: key,
      VersionId: versionId,
    }));
    const { Errors = [] } = await this.#s3.send(
      new DeleteObjectsCommand({ Bucket: this.#name, Delete: { Objects: objects, Quiet: true } }),
    );
    if (Errors.length > 0) {
      const codes = [...new Set(Errors.map(({ Code }) => Code))].join(", ");
      throw new Error(`S3 could not remove ${Errors.length} versions: ${codes}.`);
    }
  }
}

/** S3 calls a version `null` that was made while the bucket kept none. */
export function versionOf(key: string, versionId = "null"): ObjectVersion {
  return { key, versionId };
}
