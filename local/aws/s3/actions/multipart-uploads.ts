import type { Action } from "../action";
import { defaultChecksum } from "../body/receive";
import type { Call } from "../call";
import { checksumElements, requestedAlgorithm, requestedType } from "../checksum-elements";
import { invalidArgument, invalidRequest } from "../errors";
import { readPageSize } from "../listing";
import { readAttributes, writePermissions } from "../object-attributes";
import { encryptionHeaders, quoted } from "../object-headers";
import { owner } from "../owner";
import { xmlReply } from "../reply";
import type { UploadChecksum } from "../store/uploads";
import { wholeSeconds } from "../whole-seconds";
import { renderXml } from "../xml";
import type { XmlElement } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: Action = {
  permissions: writePermissions,
  run: (call) => {
    const { bucket, key } = call;
    const attributes = readAttributes(call, bucket);
    const checksum = readChecksum(call);
    const initiatedAt = call.now.toISOString();
    const upload = bucket.uploads.begin({ key, initiatedAt, attributes, checksum });
    return xmlReply(
      renderXml("InitiateMultipartUploadResult", {
        Bucket: bucket.name,
        Key: key,
        UploadId: upload.id,
      }),
      {
        ...encryptionHeaders(attributes.encryption),
        "x-amz-checksum-algorithm": checksum.implied ? undefined : checksum.algorithm,
        "x-amz-checksum-type": checksum.implied ? undefined : checksum.type,
      },
    );
  },
};

function readChecksum(call: Call): UploadChecksum {
  const asked = requestedAlgorithm(call);
  const algorithm = asked ?? defaultChecksum;
  const isCrc = algorithm.startsWith("CRC");
  const standard = algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
  const askedType = requestedType(call);
  if (askedType !== undefined && asked === undefined) {
    throw invalidRequest(
      "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    );
  }
  const type = askedType ?? standard;
  const possible = type === "FULL_OBJECT" ? isCrc : standard === type;
  if (!possible) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type, ...(asked === undefined && { implied: true }) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: Action = {
  permissions: () => ["s3:AbortMultipartUpload"],
  run: (call) => {
    const { uploads } = call.bucket;
    uploads.end(uploads.find(call.key, uploadId(call)));
    return { status: 204 };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: Action = {
  permissions: () => ["s3:ListMultipartUploadParts"],
  run: (call) => {
    const { bucket, key } = call;
    const upload = bucket.uploads.find(key, uploadId(call));
    const maxParts = readPageSize(call.query, "max-parts");
    const marker = readMarker(call);
    const parts = bucket.uploads.parts(upload).filter(({ number }) => number > marker);
    const page = parts.slice(0, maxParts);
    return xmlReply(
      renderXml("ListPartsResult", {
        Bucket: bucket.name,
        Key: key,
        UploadId: upload.id,
        Initiator: owner(call.environment.account),
        Owner: owner(call.environment.account),
        StorageClass: upload.attributes.storageClass,
        PartNumberMarker: marker,
        NextPartNumberMarker: page.at(-1)?.number ?? 0,
        MaxParts: maxParts,
        IsTruncated: page.length < parts.length,
        ...told(upload.checksum),
        Part: page.map((part) => ({
          PartNumber: part.number,
          LastModified: wholeSeconds(part.lastModified),
          ETag: quoted(part.etag),
          Size: part.size,
          ...(upload.checksum.implied ? {} : checksumElements(part.checksum)),
        })),
      }),
    );
  },
};

/** What is told of the checksum of an upload. */
export function told({ algorithm, type, implied }: UploadChecksum): XmlElement {
  return implied ? {} : { ChecksumAlgorithm: algorithm, ChecksumType: type };
}

function readMarker(call: Call): number {
  const marker = call.query.get("part-number-marker") ?? "";
  if (!/^\d{0,10}$/.test(marker)) {
    throw invalidArgument("part-number-marker must be an integer", "part-number-marker", marker);
  }
  return Number(marker);
}

/** The upload that a call is about. */
export function uploadId(call: Call): string {
  return call.query.get("uploadId") ?? "";
}
