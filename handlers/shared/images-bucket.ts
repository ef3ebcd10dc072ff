import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

/** How long a presigned URL works at most, in seconds. */
export const presignedUrlSeconds = 3600;

/** The objects of the images bucket. */
export class ImagesBucket {
  readonly #s3: S3Client;
  readonly #name: string;

  constructor(s3: S3Client, name: string) {
    this.#s3 = s3;
    this.#name = name;
  }

  /**
   * Stores an object. It bears no user metadata: that would have to be ASCII, and names are not.
   *
   * @returns the version that was made, or `undefined` in a bucket without versions.
   */
  async put(key: string, body: Uint8Array, contentType: string): Promise<string | undefined> {
    const { VersionId } = await this.#s3.send(
      new PutObjectCommand({
        Bucket: this.#name,
        Key: key,
        Body: body,
        ContentType: contentType,
      }),
    );
    return VersionId;
  }

  /**
   * Removes one version for good, which needs `s3:DeleteObjectVersion`. Without its id, a versioned
   * bucket would keep the bytes under a delete marker.
   */
  async remove(key: string, versionId: string | undefined): Promise<void> {
    await this.#s3.send(
      new DeleteObjectCommand({ Bucket: this.#name, Key: key, VersionId: versionId }),
    );
  }

  /**
   * A URL by which anyone can get the object for an hour. It dies sooner if the credentials that
   * sign it do: those of a function live for some hours, and are not renewed for a URL.
   */
  async presign(key: string): Promise<string> {
    const command = new GetObjectCommand({ Bucket: this.#name, Key: key });
    return await getSignedUrl(this.#s3, command, { expiresIn: presignedUrlSeconds });
  }
}
