import { Readable } from "node:stream";
import type {
  CopyObjectCommandInput,
  CopyObjectCommandOutput,
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from "@aws-sdk/client-s3";
import { checksumHeader, checksumOf, withTrailer } from "./checksums";
import { objectBody } from "./object-body";
import { headersOf, queryOf, S3Command, type S3Request, type S3Response } from "./s3-command";
import { readXml, textOf } from "./xml";

/** From so many bytes, S3 is asked before a body is sent whether it takes it. */
const askedFirstBytes = 2 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export class PutObjectCommand extends S3Command<PutObjectCommandInput, PutObjectCommandOutput> {
  protected readonly members = [
    "Bucket",
    "Key",
    "Body",
    "ContentLength",
    "ContentType",
    "CacheControl",
    "IfNoneMatch",
  ] as const;

  protected requestOf({
    Bucket,
    Key,
    Body,
    ContentLength,
    ContentType,
    CacheControl,
    IfNoneMatch,
  }: PutObjectCommandInput): S3Request {
    const { headers, body, size } = sentBody(Body ?? "", ContentLength);
    return {
      method: "PUT",
      bucket: Bucket,
      key: Key,
      query: { "x-id": "PutObject" },
      headers: headersOf({
        ...headers,
        "content-type": ContentType ?? "application/octet-stream",
        "cache-control": CacheControl,
        "if-none-match": IfNoneMatch,
        "x-amz-sdk-checksum-algorithm": "CRC32",
        expect: size >= askedFirstBytes ? "100-continue" : undefined,
      }),
      body,
    };
  }

  read({ headers }: S3Response): PutObjectCommandOutput {
    return { ETag: headers.etag, VersionId: headers["x-amz-version-id"], $metadata: {} };
  }
}

/** A body that can be read once is signed by its headers alone, and its checksum comes after it. */
function sentBody(body: NonNullable<PutObjectCommandInput["Body"]>, size?: number) {
  if (typeof body === "string" || body instanceof Uint8Array) {
    return { headers: { [checksumHeader]: checksumOf(body) }, body, size: Buffer.byteLength(body) };
  }
  if (!(body instanceof Readable) || size === undefined) {
    throw new TypeError("A body is text, bytes, or a stream whose length is said.");
  }
  const headers = {
    "content-encoding": "aws-chunked",
    "transfer-encoding": "chunked",
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-decoded-content-length": String(size),
    "x-amz-trailer": checksumHeader,
  };
  return { headers, body: withTrailer(body), size };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export class GetObjectCommand extends S3Command<GetObjectCommandInput, GetObjectCommandOutput> {
  protected readonly members = ["Bucket", "Key", "VersionId", "Range", "IfMatch"] as const;
  override readonly isRead = false;

  protected requestOf({
    Bucket,
    Key,
    VersionId,
    Range,
    IfMatch,
  }: GetObjectCommandInput): S3Request {
    return {
      method: "GET",
      bucket: Bucket,
      key: Key,
      query: queryOf({ "x-id": "GetObject", versionId: VersionId }),
      headers: headersOf({
        range: Range,
        "if-match": IfMatch,
        "x-amz-checksum-mode": "ENABLED",
      }),
    };
  }

  read(response: S3Response): GetObjectCommandOutput {
    const { headers } = response;
    return { Body: objectBody(response), ContentRange: headers["content-range"], $metadata: {} };
  }
}

/** Is presigned alone. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export class HeadObjectCommand extends S3Command<HeadObjectCommandInput, HeadObjectCommandOutput> {
  protected readonly members = ["Bucket", "Key"] as const;

  protected requestOf({ Bucket, Key }: HeadObjectCommandInput): S3Request {
    return { method: "HEAD", bucket: Bucket, key: Key, query: {}, headers: {} };
  }

  read(): HeadObjectCommandOutput {
    return { $metadata: {} };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export class DeleteObjectCommand extends S3Command<
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput
> {
  protected readonly members = ["Bucket", "Key", "VersionId"] as const;

  protected requestOf({ Bucket, Key, VersionId }: DeleteObjectCommandInput): S3Request {
    const query = queryOf({ "x-id": "DeleteObject", versionId: VersionId });
    return { method: "DELETE", bucket: Bucket, key: Key, query, headers: {} };
  }

  read(): DeleteObjectCommandOutput {
    return { $metadata: {} };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export class CopyObjectCommand extends S3Command<CopyObjectCommandInput, CopyObjectCommandOutput> {
  protected readonly members = [
    "Bucket",
    "Key",
    "CopySource",
    "MetadataDirective",
    "TaggingDirective",
    "ContentType",
  ] as const;

  protected requestOf({
    Bucket,
    Key,
    CopySource,
    MetadataDirective,
    TaggingDirective,
    ContentType,
  }: CopyObjectCommandInput): S3Request {
    return {
      method: "PUT",
      bucket: Bucket,
      key: Key,
      query: { "x-id": "CopyObject" },
      headers: headersOf({
        "x-amz-copy-source": CopySource,
        "x-amz-metadata-directive": MetadataDirective,
        "x-amz-tagging-directive": TaggingDirective,
        "content-type": ContentType,
      }),
    };
  }

  read({ headers, text }: S3Response): CopyObjectCommandOutput {
    const { element } = readXml(text);
    return {
      CopyObjectResult: { ETag: textOf(element, "ETag") },
      VersionId: headers["x-amz-version-id"],
      $metadata: {},
    };
  }
}
