import type { Call } from "./call";
import { newEncryption } from "./encryption";
import { invalidRequest, notImplemented, S3Error } from "./errors";
import { checkHeader, fromHeaderValue, headersWithPrefix } from "./headers";
import { asciiText, decodedWord } from "./metadata-text";
import { readLocks } from "./object-lock";
import type { Bucket } from "./store/bucket";
import type { ObjectAttributes } from "./store/version";
import { readTagHeader } from "./tags";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const maxMetadataBytes = 2048;

const storedHeaders = [
  "cache-control",
  "content-disposition",
  "content-language",
  "expires",
  "x-amz-website-redirect-location",
] as const;

const storageClasses = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
];

/** Classes whose objects need to be restored, or that live elsewhere. */
const otherStorageClasses = ["GLACIER", "DEEP_ARCHIVE", "SNOW", "EXPRESS_ONEZONE"];

/**
 * Reads what the headers of a write say about the object.
 *
 * @throws S3Error also where the caller may not encrypt with the key.
 */
export function readAttributes(call: Call, bucket: Bucket): ObjectAttributes {
  for (const [name, value] of Object.entries(headersWithPrefix(call.request.headers, ""))) {
    // Whatever metadata holds becomes ASCII.
    checkHeader(name, name.startsWith("x-amz-meta-") ? "" : value);
  }
  return {
    headers: readSystemHeaders(call),
    metadata: readMetadata(call),
    tags: readTagHeader(call.header("x-amz-tagging")),
    storageClass: readStorageClass(call),
    encryption: newEncryption(call, bucket),
    ...readLocks(call, bucket),
  };
}

/** The IAM actions that a write with these headers needs. */
export function writePermissions(call: Call): readonly string[] {
  const needs = (header: string, action: string) =>
    call.header(header) === undefined ? [] : [action];
  return [
    "s3:PutObject",
    ...needs("x-amz-tagging", "s3:PutObjectTagging"),
    ...needs("x-amz-object-lock-mode", "s3:PutObjectRetention"),
    ...needs("x-amz-object-lock-legal-hold", "s3:PutObjectLegalHold"),
    ...needs("x-amz-acl", "s3:PutObjectAcl"),
  ];
}

/** The headers that S3 gives back with the object. */
function readSystemHeaders(call: Call): Record<string, string> {
  checkRedirect(call.header("x-amz-website-redirect-location"));
  const headers: Record<string, string> = {
    "content-type": call.header("content-type") ?? "binary/octet-stream",
  };
  for (const name of storedHeaders) {
    const value = call.header(name);
    if (value !== undefined) {
      headers[name] = value;
    }
  }
  const encoding = withoutFraming(call.header("content-encoding") ?? "");
  return encoding === "" ? headers : { ...headers, "content-encoding": encoding };
}

/**
 * @throws S3Error `InvalidRedirectLocation`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
 */
function checkRedirect(location: string | undefined): void {
  if (location !== undefined && !/^(\/|https?:\/\/)/.test(location)) {
    throw new S3Error(
      "InvalidRedirectLocation",
      "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
      400,
    );
  }
}

/** The encodings of an object, without that of the request's body; else as they were sent. */
function withoutFraming(encodings: string): string {
  const isOfObject = (name: string) => !/^\s*aws-chunked\s*$/i.test(name);
  return encodings.split(",").filter(isOfObject).join(",").trim();
}

/**
 * Metadata as S3 gives it back. What forms hold is text, and never read as RFC 2047 writes it; so is text what a presigned
 * URL has in its query. Of a header each byte is a character: what UTF-8 writes with several becomes as many.
 *
 * @throws S3Error `MetadataTooLarge`.
 */
function readMetadata(call: Call): Record<string, string> {
  const metadata = headersWithPrefix(call.request.headers, "x-amz-meta-");
  const bytes = Object.entries(metadata).flat().join("").length;
  if (bytes > maxMetadataBytes) {
    throw new S3Error(
      "MetadataTooLarge",
      "Your metadata headers exceed the maximum allowed metadata size",
      400,
      { Size: String(bytes), MaxSizeAllowed: String(maxMetadataBytes) },
    );
  }
  const isForm = call.request.context["s3:authType"] === "POST";
  const shown = (name: string, value: string) => {
    if (isForm) {
      return asciiText(fromHeaderValue(value));
    }
    const isHoisted = call.query.has(`x-amz-meta-${name}`);
    return asciiText(decodedWord(value) ?? (isHoisted ? fromHeaderValue(value) : value));
  };
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, shown(name, value)]),
  );
}

/** @throws S3Error `InvalidStorageClass`. */
function readStorageClass(call: Call): string {
  const storageClass = call.header("x-amz-storage-class") ?? "STANDARD";
  if (otherStorageClasses.includes(storageClass)) {
    throw notImplemented(`storage class ${storageClass}`);
  }
  if (!storageClasses.includes(storageClass)) {
    throw new S3Error("InvalidStorageClass", "The storage class you specified is not valid", 400, {
      StorageClassRequested: storageClass,
    });
  }
  return storageClass;
}

/**
 * Locked objects must not be torn on their way.
 *
 * @throws S3Error `InvalidRequest` when the writer sends no digest of the bytes.
 */
export function requireDigest(call: Call, attributes: ObjectAttributes): void {
  const digest = Object.keys(call.request.headers).some((name) =>
    /^(content-md5|x-amz-checksum-.+|x-amz-trailer|x-amz-sdk-checksum-algorithm)$/.test(name),
  );
  if ((attributes.retention ?? attributes.legalHold) && !digest) {
    throw invalidRequest(
      "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
    );
  }
}
