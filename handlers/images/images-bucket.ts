import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { putNew } from "../aws/put-new";
import { type ObjectVersion, VersionedObjects, versionOf } from "../aws/versioned-objects";
import type { ByteRange } from "../http/byte-range";
import { type ByteReader, bytesElsewhere } from "./file/bytes";

/** How long a presigned URL or form works at most, in seconds. */
export const presignedUrlSeconds = 3600;

/** Bytes that are read of a version as it is opened: what most images state is among them. */
const firstReadBytes = 256 * 1024;

/** What a form uploads, and where to. */
export interface FormTarget {
  key: string;
  contentType: string;
  /** Bytes. */
  size: number;
}

/** The objects of the images bucket, which keeps versions. */
export class ImagesBucket extends VersionedObjects {
  readonly #s3: S3Client;
  readonly #name: string;

  constructor(s3: S3Client, name: string) {
    super(s3, name);
    this.#s3 = s3;
    this.#name = name;
  }

  /**
   * Stores an object as the only version of its key. It bears no user metadata: that would have to
   * be ASCII, and names are not.
   *
   * @returns its ETag, without quotes.
   */
  async put(key: string, body: Uint8Array, contentType: string): Promise<string> {
    const object = { Bucket: this.#name, Key: key, Body: body, ContentType: contentType };
    const added = await putNew(this.#s3, object);
    if (added) {
      return unquoted(added.ETag);
    }
    // What is there is of an attempt before, if only the SDK's own whose answer was lost. It may be
    // about to be removed, and so it cannot stand for this one.
    const { ETag } = await this.#s3.send(new PutObjectCommand(object));
    await this.keepLatest(key);
    return unquoted(ETag);
  }

  /** Stores a version of an object, beside those of attempts before. */
  async add(key: string, body: Uint8Array, contentType: string): Promise<void> {
    await this.#s3.send(
      new PutObjectCommand({ Bucket: this.#name, Key: key, Body: body, ContentType: contentType }),
    );
  }

  /**
   * Copies a version's bytes, but none of the metadata and tags that came with them.
   *
   * @returns the version that was made, and its ETag without quotes.
   */
  async copy(source: ObjectVersion, key: string, contentType: string) {
    const { CopyObjectResult, VersionId } = await this.#s3.send(
      new CopyObjectCommand({
        Bucket: this.#name,
        Key: key,
        CopySource: `${this.#name}/${source.key}?versionId=${encodeURIComponent(source.versionId)}`,
        MetadataDirective: "REPLACE",
        // Reading and writing tags would need rights of their own.
        TaggingDirective: "REPLACE",
        ContentType: contentType,
      }),
    );
    return { version: versionOf(key, VersionId), etag: unquoted(CopyObjectResult?.ETag) };
  }

  /**
   * Bytes of an object, as base64.
   *
   * @param range which ones; all when left out.
   */
  async read(key: string, range?: ByteRange): Promise<string> {
    return Buffer.from(await this.readBytes(key, range)).toString("base64");
  }

  /**
   * Bytes of an object.
   *
   * @param range which ones; all when left out.
   */
  async readBytes(key: string, range?: ByteRange): Promise<Uint8Array> {
    const { Body } = await this.#s3.send(
      new GetObjectCommand({
        Bucket: this.#name,
        Key: key,
        ...(range && { Range: `bytes=${range.first}-${range.last}` }),
      }),
    );
    if (!Body) {
      throw new Error("S3 answered without the object.");
    }
    return await Body.transformToByteArray();
  }

  /**
   * Writes an object into a file.
   *
   * @param etag which it has, without quotes.
   * @param size its bytes.
   * @throws Error when it is not there, or another, or did not come whole.
   */
  async download(key: string, etag: string, size: number, file: string): Promise<void> {
    const { Body } = await this.#s3.send(
      new GetObjectCommand({ Bucket: this.#name, Key: key, IfMatch: `"${etag}"` }),
    );
    if (!(Body instanceof Readable)) {
      throw new Error("S3 answered without the object.");
    }
    const written = createWriteStream(file);
    await pipeline(Body, written);
    if (written.bytesWritten !== size) {
      throw new Error(`Of ${size} bytes, ${written.bytesWritten} came.`);
    }
  }

  /** The bytes of a version, a piece at a time. */
  async stream({ key, versionId }: ObjectVersion): Promise<Readable> {
    const { Body } = await this.#s3.send(
      new GetObjectCommand({ Bucket: this.#name, Key: key, VersionId: versionId }),
    );
    if (!(Body instanceof Readable)) {
      throw new Error("S3 answered without the object.");
    }
    return Body;
  }

  /**
   * Stores what comes a piece at a time.
   *
   * @param size of all of it, in bytes.
   * @returns the version that was made, and its ETag without quotes.
   */
  async putStream(key: string, body: AsyncIterable<Uint8Array>, size: number, contentType: string) {
    const { ETag, VersionId } = await this.#s3.send(
      new PutObjectCommand({
        Bucket: this.#name,
        Key: key,
        Body: Readable.from(body),
        ContentLength: size,
        ContentType: contentType,
      }),
    );
    return { version: versionOf(key, VersionId), etag: unquoted(ETag) };
  }

  /** Hides an object under a delete marker, from which it can be recovered. */
  async hide(key: string): Promise<void> {
    await this.#s3.send(new DeleteObjectCommand({ Bucket: this.#name, Key: key }));
  }

  /** Opens a version, to read any of its bytes by range. */
  async open(version: ObjectVersion): Promise<ByteReader> {
    const { bytes, size } = await this.#readRange(version, 0, firstReadBytes - 1);
    const fetch = async (first: number, last: number) =>
      (await this.#readRange(version, first, last)).bytes;
    return bytesElsewhere(size, fetch, bytes);
  }

  /** @returns the bytes from `first` to `last`, or to the end, and the size of the whole. */
  async #readRange({ key, versionId }: ObjectVersion, first: number, last: number) {
    const { Body, ContentRange } = await this.#s3.send(
      new GetObjectCommand({
        Bucket: this.#name,
        Key: key,
        VersionId: versionId,
        Range: `bytes=${first}-${last}`,
      }),
    );
    const size = /\/(\d+)$/.exec(ContentRange ?? "")?.[1];
    if (!Body || size === undefined) {
      throw new Error("S3 answered without the range that was asked for.");
    }
    return { bytes: Buffer.from(await Body.transformToByteArray()), size: Number(size) };
  }

  /**
   * A URL by which anyone can get the object, or by HEAD its headers, for an hour. It dies sooner if the credentials that
   * sign it do: those of a function live for some hours, and are not renewed for a URL.
   */
  async presign(key: string, method: "GET" | "HEAD" = "GET"): Promise<string> {
    const Command = method === "HEAD" ? HeadObjectCommand : GetObjectCommand;
    const command = new Command({ Bucket: this.#name, Key: key });
    return await getSignedUrl(this.#s3, command, { expiresIn: presignedUrlSeconds });
  }

  /**
   * A form by which anyone can store this very object for an hour, as often as they like.
   * https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
   */
  async presignForm({ key, contentType, size }: FormTarget): Promise<PresignedPost> {
    return await createPresignedPost(this.#s3, {
      Bucket: this.#name,
      Key: key,
      Fields: { "Content-Type": contentType },
      Conditions: [["content-length-range", size, size]],
      Expires: presignedUrlSeconds,
    });
  }
}

function unquoted(etag: string | undefined): string {
  if (etag === undefined) {
    throw new Error("S3 answered without an ETag.");
  }
  return etag.replaceAll('"', "");
}
