import type { Action } from "../action";
import type { Call } from "../call";
import { invalidArgument } from "../errors";
import { commonPrefixOf, markerOf, readEncoder, readListOptions, readPageSize } from "../listing";
import type { ListOptions } from "../listing";
import { owner } from "../owner";
import { xmlReply } from "../reply";
import { compareKeys } from "../store/key-order";
import { isUploadId } from "../store/uploads";
import type { Upload } from "../store/uploads";
import { wholeSeconds } from "../whole-seconds";
import { renderXml } from "../xml";
import type { XmlElement } from "../xml";
import { told } from "./multipart-uploads";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: Action = {
  permissions: () => ["s3:ListBucketMultipartUploads"],
  run: (call) => {
    const encode = readEncoder(call.query);
    const options = readListOptions(call.query);
    const { prefix, delimiter } = options;
    const maxUploads = readPageSize(call.query, "max-uploads");
    const keyMarker = call.query.get("key-marker") ?? "";
    const uploadIdMarker = readUploadIdMarker(call, keyMarker);
    const all = entries(call, options, keyMarker, uploadIdMarker);
    const page = all.slice(0, maxUploads);
    const last = page.at(-1);
    const truncated = maxUploads > 0 && page.length < all.length;
    return xmlReply(
      renderXml("ListMultipartUploadsResult", {
        Bucket: call.bucket.name,
        Prefix: prefix === "" ? undefined : encode(prefix),
        Delimiter: delimiter === "" ? undefined : encode(delimiter),
        KeyMarker: encode(keyMarker),
        UploadIdMarker: uploadIdMarker,
        NextKeyMarker: encode((typeof last === "string" ? last : last?.key) ?? ""),
        NextUploadIdMarker: typeof last === "object" ? last.id : "",
        MaxUploads: maxUploads,
        EncodingType: call.query.get("encoding-type") ?? undefined,
        IsTruncated: truncated,
        Upload: page.flatMap((entry) =>
          typeof entry === "string" ? [] : [uploadElement(call, entry, encode)],
        ),
        CommonPrefixes: page.flatMap((entry) =>
          typeof entry === "string" ? [{ Prefix: encode(entry) }] : [],
        ),
      }),
    );
  },
};

/** @throws S3Error `InvalidArgument`, also for one of another key; without a key S3 does not look at the id. */
function readUploadIdMarker(call: Call, keyMarker: string): string {
  const name = "upload-id-marker";
  const marker = keyMarker === "" ? "" : (call.query.get(name) ?? "");
  const isOfAnother = call.bucket.uploads
    .all()
    .some(({ id, key }) => id === marker && key !== keyMarker);
  if (marker !== "" && (isOfAnother || !isUploadId(marker))) {
    throw invalidArgument("Invalid uploadId marker", name, marker);
  }
  return marker;
}

/** Uploads behind the markers by key and age, and common prefixes as plain texts. */
function entries(
  call: Call,
  options: ListOptions,
  keyMarker: string,
  uploadIdMarker: string,
): (Upload | string)[] {
  const uploads = call.bucket.uploads
    .all()
    .filter(({ key }) => key.startsWith(options.prefix))
    .sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.id, b.id));
  const isBehind = ({ key, id }: Upload): boolean =>
    compareKeys(key, keyMarker) > 0 ||
    (key === keyMarker && uploadIdMarker !== "" && id > uploadIdMarker);
  const after = markerOf(keyMarker, options);
  const behind = keyMarker === "" ? uploads : uploads.filter(isBehind);
  const found = behind.map((upload) => commonPrefixOf(upload.key, options) ?? upload);
  return [...new Set(found)].filter((entry) => typeof entry !== "string" || entry !== after);
}

function uploadElement(
  { environment: { account } }: Call,
  upload: Upload,
  encode: (key: string) => string,
): XmlElement {
  return {
    Key: encode(upload.key),
    UploadId: upload.id,
    Initiator: owner(account),
    Owner: owner(account),
    StorageClass: upload.attributes.storageClass,
    Initiated: wholeSeconds(upload.initiatedAt),
    ...told(upload.checksum),
  };
}
