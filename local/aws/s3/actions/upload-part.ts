import type { Action } from "../action";
import { checksumHeaders, encryptionHeaders, quoted } from "../object-headers";
import { openBytes } from "../body/read";
import { readClaims } from "../body/claims";
import { copyBlob, receiveBlob } from "../body/receive";
import type { NewBlob } from "../body/receive";
import type { Call } from "../call";
import { checksumElements } from "../checksum-elements";
import { requireStillThere } from "../commit";
import { copiedVersionHeader, readCopySource } from "../copy-source";
import { encrypted } from "../encryption";
import { invalidArgument, invalidRequest } from "../errors";
import { readPartNumber } from "../part-number";
import { readRange } from "../range";
import { xmlReply } from "../reply";
import type { Bucket } from "../store/bucket";
import type { Upload } from "../store/uploads";
import { renderXml } from "../xml";
import { uploadId } from "./multipart-uploads";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Action = {
  permissions: () => ["s3:PutObject"],
  run: async (call) => {
    const { bucket } = call;
    const number = readPartNumber(call.query.get("partNumber") ?? "");
    const upload = bucket.uploads.find(call.key, uploadId(call));
    checkAlgorithm(call, upload);
    const { encryption } = upload.attributes;
    const received = await receiveBlob(call, bucket, upload.checksum.algorithm);
    const blob = encrypted(received, encryption);
    addPart(call, bucket, upload, number, blob);
    return {
      status: 200,
      headers: {
        etag: quoted(blob.etag),
        ...encryptionHeaders(encryption),
        ...checksumHeaders(blob.checksum),
      },
    };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: Action = {
  permissions: () => ["s3:PutObject"],
  run: async (call) => {
    const { bucket } = call;
    const number = readPartNumber(call.query.get("partNumber") ?? "");
    const upload = bucket.uploads.find(call.key, uploadId(call));
    const source = readCopySource(call);
    const { size, blob: sourceBlob } = source.object.content;
    const range = readCopyRange(call, size);
    const length = range ? range.end - range.start + 1 : size;
    const bytes = openBytes(source.bucket, sourceBlob, range);
    const { encryption } = upload.attributes;
    const copy = await copyBlob(bytes, length, bucket, upload.checksum.algorithm);
    const blob = encrypted(copy, encryption);
    const lastModified = addPart(call, bucket, upload, number, blob);
    return xmlReply(
      renderXml("CopyPartResult", {
        LastModified: lastModified,
        ETag: quoted(blob.etag),
        ...(upload.checksum.implied ? {} : checksumElements(blob.checksum)),
      }),
      { ...encryptionHeaders(encryption), ...copiedVersionHeader(source) },
    );
  },
};

/** A composite checksum can only be made of parts' checksums of the same algorithm, which the client has to send. */
function checkAlgorithm(call: Call, { checksum }: Upload): void {
  const actual = readClaims(call).checksum?.algorithm;
  if (checksum.type === "COMPOSITE" && actual !== checksum.algorithm) {
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm.toLowerCase()}, actual checksum Type: ${actual?.toLowerCase() ?? "null"}`,
    );
  }
}

function addPart(
  call: Call,
  bucket: Bucket,
  upload: Upload,
  number: number,
  blob: NewBlob,
): string {
  const lastModified = call.now.toISOString();
  try {
    requireStillThere(call, bucket);
    bucket.uploads.addPart(upload, { number, lastModified, ...blob });
  } catch (error) {
    bucket.removeBlob(blob.blob);
    throw error;
  }
  return lastModified;
}

function readCopyRange(call: Call, size: number): ReturnType<typeof readRange> {
  const header = call.header("x-amz-copy-source-range");
  if (header === undefined) {
    return undefined;
  }
  const name = "x-amz-copy-source-range";
  const [, first = "", last = ""] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  if (first === "" || Number(first) > Number(last)) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      name,
      header,
    );
  }
  if (Number(first) >= size) {
    throw invalidRequest("The specified copy range is invalid for the source object size");
  }
  if (Number(last) >= size) {
    const message = `Range specified is not valid for source object of size: ${size}`;
    throw invalidArgument(message, name, header);
  }
  return readRange(header, size);
}
