import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { putNew } from "../aws/put-new";

/** The objects of the results bucket: JSON that is written once. */
export class ResultsBucket {
  readonly #s3: S3Client;
  readonly #name: string;

  constructor(s3: S3Client, name: string) {
    this.#s3 = s3;
    this.#name = name;
  }

  /**
   * Adds an object. Object Lock demands a checksum of what it protects; the SDK sends a CRC32 by
   * default.
   *
   * @returns whether it was added; `false` when the key is taken, if only by the SDK's own attempt
   * before, whose answer was lost.
   */
  async add(key: string, json: string): Promise<boolean> {
    const object = { Bucket: this.#name, Key: key, Body: json, ContentType: "application/json" };
    return (await putNew(this.#s3, object)) !== undefined;
  }

  /** The text of an object. */
  async read(key: string): Promise<string> {
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#name, Key: key }));
    if (!Body) {
      throw new Error("S3 sent an object without a body.");
    }
    return await Body.transformToString();
  }
}
