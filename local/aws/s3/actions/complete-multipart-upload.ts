import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Action } from "../action";
import { checksumHeader, createHasher } from "../body/checksums";
import type { Checksum } from "../body/checksums";
import { readClaims } from "../body/claims";
import { openBytes } from "../body/read";
import { copyBlob, receiveText } from "../body/receive";
import type { NewBlob } from "../body/receive";
import type { Call } from "../call";
import { checksumElements, requestedType } from "../checksum-elements";
import { commitObject } from "../commit";
import { checkNoConflict, checkWriteConditions } from "../conditions";
import { requireDecryption } from "../encryption";
import { badChecksum, invalidRequest, malformedXml, noSuchUpload, S3Error } from "../errors";
import { encryptionHeaders, quoted, writtenHeaders } from "../object-headers";
import { objectUrl } from "../object-url";
import { xmlReply, type Reply } from "../reply";
import type { Bucket } from "../store/bucket";
import type { Part, Upload } from "../store/uploads";
import { isObject, type ObjectContent, type StoredObject } from "../store/version";
import { elements, parseXml, renderXml, text } from "../xml";
import type { XmlElement } from "../xml";
import { uploadId } from "./multipart-uploads";

/** Of all parts but the last. */
const minPartBytes = 5 * 1024 * 1024;

/**
 * Whoever repeats it, as an answer was lost, is answered the same again, as long as the object is there.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload: Action = {
  permissions: () => ["s3:PutObject"],
  run: async (call) => {
    const { bucket, key } = call;
    const id = uploadId(call);
    const done = bucket.uploads.has(id) ? undefined : completedFrom(bucket, key, id);
    const upload = done ? undefined : bucket.uploads.find(key, id);
    // The checksum in the headers is the object's, not the document's.
    const { length, chunked, isPart, trailer } = readClaims(call);
    const body = await receiveText(call, { length, chunked, isPart, trailer });
    const listed = body === "" ? [] : elements(parseXml(body, "CompleteMultipartUpload"), "Part");
    if (!upload) {
      return completed(call, requireSame(done, id, listed));
    }
    const parts = chosenParts(bucket.uploads.parts(upload), listed, id);
    requireType(call, upload);
    requireChecksums(upload, listed);
    checkWriteConditions(call, bucket.find(key));
    checkNoConflict(call, bucket.uploads.find(key, id));
    requireSize(call, parts);
    requireDecryption(call, upload.attributes.encryption);
    const blob = await joinParts(bucket, upload, parts);
    const content: ObjectContent = {
      kind: "object",
      ...upload.attributes,
      ...blob,
      etag: compositeEtag(parts.map(({ etag }) => etag)),
      checksum: wholeChecksum(upload, parts, blob),
      partSizes: parts.map(({ size }) => size),
      ...(!upload.checksum.implied && {
        partChecksums: parts.map(({ checksum: { value } }) => value),
      }),
      uploadId: id,
    };
    return completed(call, commitUpload(call, bucket, upload, content));
  },
};

function completed(call: Call, version: StoredObject): Reply {
  const { bucket, key } = call;
  const { etag, checksum, encryption } = version.content;
  return xmlReply(
    renderXml("CompleteMultipartUploadResult", {
      Location: objectUrl(call.environment.account, call.request),
      Bucket: bucket.name,
      Key: key,
      ETag: quoted(etag),
      ...checksumElements(checksum),
    }),
    { ...writtenHeaders(bucket, version), ...encryptionHeaders(encryption) },
  );
}

/** What an upload has become, if it is still there. */
function completedFrom(bucket: Bucket, key: string, id: string): StoredObject | undefined {
  return bucket
    .versionsOf(key)
    .filter(isObject)
    .find(({ content }) => content.uploadId === id);
}

/** @throws S3Error `NoSuchUpload` where it was completed of other parts. */
function requireSame(
  done: StoredObject | undefined,
  id: string,
  listed: readonly XmlElement[],
): StoredObject {
  const etags = listed.map((element) => etagIn(element) ?? "");
  if (done?.content.etag !== compositeEtag(etags)) {
    throw noSuchUpload(id);
  }
  return done;
}

function etagIn(element: XmlElement): string | undefined {
  return text(element, "ETag")?.replaceAll('"', "");
}

function chosenParts(uploaded: readonly Part[], listed: readonly XmlElement[], id: string): Part[] {
  if (listed.length === 0) {
    throw invalidRequest("You must specify at least one part");
  }
  const parts = listed.map((element) => chosenPart(uploaded, element, id));
  if (parts.some(({ number }, index) => number <= (parts[index - 1]?.number ?? 0))) {
    throw new S3Error(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
      400,
      { UploadId: id },
    );
  }
  for (const part of parts.slice(0, -1)) {
    if (part.size < minPartBytes) {
      throw new S3Error(
        "EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size",
        400,
        {
          ProposedSize: String(part.size),
          MinSizeAllowed: String(minPartBytes),
          PartNumber: String(part.number),
          ETag: part.etag,
        },
      );
    }
  }
  return parts;
}

function chosenPart(uploaded: readonly Part[], element: XmlElement, id: string): Part {
  const number = Number(text(element, "PartNumber"));
  const etag = etagIn(element);
  const part = uploaded.find((each) => each.number === number);
  const checksum = part && text(element, `Checksum${part.checksum.algorithm}`);
  if (part?.etag !== etag || (checksum !== undefined && checksum !== part?.checksum.value)) {
    throw new S3Error(
      "InvalidPart",
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      400,
      { UploadId: id, PartNumber: String(number), ETag: etag ?? "" },
    );
  }
  if (!part) {
    throw malformedXml();
  }
  return part;
}

/** @throws S3Error `InvalidRequest` where the client expects another type of checksum than the upload's. */
function requireType(call: Call, { checksum: { type } }: Upload): void {
  if ((requestedType(call) ?? type) !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
}

/** @throws S3Error `InvalidRequest` where the checksum of the whole is of those of parts, and not all are given. */
function requireChecksums(
  { checksum: { algorithm, type, implied } }: Upload,
  listed: readonly XmlElement[],
): void {
  const isComposite = type === "COMPOSITE" && !implied;
  const bare = listed.find((element) => text(element, `Checksum${algorithm}`) === undefined);
  if (isComposite && bare) {
    throw invalidRequest(
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${text(bare, "PartNumber")} in the request.`,
    );
  }
}

/** @throws S3Error `InvalidRequest` where the client expects another size of the whole. */
function requireSize(call: Call, parts: readonly Part[]): void {
  const expected = call.header("x-amz-mp-object-size");
  const computed = String(sizeOf(parts));
  if (expected !== undefined && expected !== computed) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${computed}`,
    );
  }
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

/** One file again, so that every object is read in the same way. */
async function joinParts(bucket: Bucket, upload: Upload, parts: readonly Part[]): Promise<NewBlob> {
  const bytes = Readable.from(concatenate(bucket, parts));
  return await copyBlob(bytes, sizeOf(parts), bucket, upload.checksum.algorithm);
}

async function* concatenate(bucket: Bucket, parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const { blob } of parts) {
    yield* openBytes(bucket, blob) as AsyncIterable<Buffer>;
  }
}

/** The MD5 of the parts' MD5s, and their number. */
function compositeEtag(etags: readonly string[]): string {
  const hash = createHash("md5");
  for (const etag of etags) {
    hash.update(etag, "hex");
  }
  return `${hash.digest("hex")}-${etags.length}`;
}

function wholeChecksum(upload: Upload, parts: readonly Part[], blob: NewBlob): Checksum {
  const { algorithm, type } = upload.checksum;
  if (type === "FULL_OBJECT") {
    return blob.checksum;
  }
  const hasher = createHasher(algorithm);
  for (const { checksum } of parts) {
    hasher.update(Buffer.from(checksum.value, "base64"));
  }
  return { algorithm, type, value: `${hasher.digest().toString("base64")}-${parts.length}` };
}

/** @throws S3Error `NoSuchUpload` when the upload was aborted meanwhile, `BadDigest`, …. */
function commitUpload(
  call: Call,
  bucket: Bucket,
  upload: Upload,
  content: ObjectContent,
): StoredObject {
  const done = completedFrom(bucket, call.key, upload.id);
  if (done?.content.etag === content.etag) {
    // A repetition was faster.
    bucket.removeBlob(content.blob);
    return done;
  }
  try {
    checkNoConflict(call, bucket.uploads.find(call.key, upload.id));
    verifyChecksum(call, content.checksum);
  } catch (error) {
    bucket.removeBlob(content.blob);
    throw error;
  }
  const version = commitObject(call, bucket, "CompleteMultipartUpload", content);
  bucket.uploads.end(upload);
  return { ...version, content };
}

/** A client may send the checksum of the whole object; a composite one without the count too. */
function verifyChecksum(call: Call, { algorithm, value }: Checksum): void {
  const claimed = call.header(checksumHeader(algorithm));
  if (claimed !== undefined && claimed !== value && claimed !== value.replace(/-\d+$/, "")) {
    throw badChecksum(algorithm);
  }
}
