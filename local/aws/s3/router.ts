import type { Action } from "./action";
import {
  deleteBucketDocument,
  getBucketDocument,
  putBucketDocument,
} from "./actions/bucket-document";
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from "./actions/bucket-policy";
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from "./actions/buckets";
import { completeMultipartUpload } from "./actions/complete-multipart-upload";
import { copyObject } from "./actions/copy-object";
import { deleteObject } from "./actions/delete-object";
import { deleteObjects } from "./actions/delete-objects";
import { getObject, headObject } from "./actions/get-object";
import { listObjects } from "./actions/list-objects";
import { listVersions } from "./actions/list-versions";
import {
  abortMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
} from "./actions/multipart-uploads";
import {
  getObjectLegalHold,
  getObjectRetention,
  putObjectLegalHold,
  putObjectRetention,
} from "./actions/object-retention";
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from "./actions/object-tagging";
import { postObject } from "./actions/post-object";
import { preflight } from "./actions/preflight";
import { putObject } from "./actions/put-object";
import { uploadPart, uploadPartCopy } from "./actions/upload-part";
import { bucketDocuments } from "./bucket-documents";
import type { Call } from "./call";
import { methodNotAllowed, notImplemented } from "./errors";
import { readSubresource } from "./subresources";

/** By method, level and subresource. What is not here is not emulated. */
const actions: Readonly<Record<string, Action>> = {
  "GET service": listBuckets,
  "PUT bucket": createBucket,
  "DELETE bucket": deleteBucket,
  "HEAD bucket": headBucket,
  "GET bucket": listObjects,
  "GET bucket location": getBucketLocation,
  "GET bucket versions": listVersions,
  "GET bucket uploads": listMultipartUploads,
  "GET bucket policy": getBucketPolicy,
  "PUT bucket policy": putBucketPolicy,
  "DELETE bucket policy": deleteBucketPolicy,
  "GET bucket policyStatus": getBucketPolicyStatus,
  "POST bucket": postObject,
  "POST bucket delete": deleteObjects,
  "OPTIONS bucket": preflight,
  "OPTIONS object": preflight,
  "PUT object": putObject,
  "PUT object copy": copyObject,
  "GET object": getObject,
  "HEAD object": headObject,
  "DELETE object": deleteObject,
  "GET object tagging": getObjectTagging,
  "PUT object tagging": putObjectTagging,
  "DELETE object tagging": deleteObjectTagging,
  "GET object retention": getObjectRetention,
  "PUT object retention": putObjectRetention,
  "GET object legal-hold": getObjectLegalHold,
  "PUT object legal-hold": putObjectLegalHold,
  "POST object uploads": createMultipartUpload,
  "PUT object uploadId": uploadPart,
  "PUT object uploadId copy": uploadPartCopy,
  "GET object uploadId": listParts,
  "POST object uploadId": completeMultipartUpload,
  "DELETE object uploadId": abortMultipartUpload,
  ...documentActions(),
};

function documentActions(): Record<string, Action> {
  const found: Record<string, Action> = {};
  for (const [subresource, document] of Object.entries(bucketDocuments)) {
    found[`GET bucket ${subresource}`] = getBucketDocument(document);
    found[`PUT bucket ${subresource}`] = putBucketDocument(document);
    if (document.reset) {
      found[`DELETE bucket ${subresource}`] = deleteBucketDocument(document, document.reset);
    }
  }
  return found;
}

/** Headers that would change what happens, and that are not emulated. */
const otherHeaders =
  /^x-amz-(grant-.+|mfa|write-offset-bytes|rename-source.*|if-match-.+|server-side-encryption-(customer-.+|context)|copy-source-server-side-encryption-.+|checksum-range)$/;

/**
 * The action that a call asks for.
 *
 * @throws S3Error `NotImplemented`, `MethodNotAllowed`, `InvalidArgument`.
 */
export function route(call: Call): Action {
  const { method, headers } = call.request;
  const header = Object.keys(headers).find((name) => otherHeaders.test(name));
  if (header !== undefined) {
    throw notImplemented(header);
  }
  const level = levelOf(call);
  // A preflight is about the request that follows, whatever that asks for.
  const subresource = method === "OPTIONS" ? undefined : readSubresource(call.query);
  const copies = method === "PUT" && level === "object" && call.header("x-amz-copy-source");
  const words = [method, level, subresource, copies ? "copy" : undefined];
  const name = words.filter((word) => word !== undefined).join(" ");
  const action = actions[name];
  if (action) {
    return action;
  }
  if (subresource === undefined && level !== "bucket") {
    throw methodNotAllowed(method, level.toUpperCase(), {});
  }
  throw notImplemented(name);
}

function levelOf(call: Call): "service" | "bucket" | "object" {
  if (call.request.bucket === "") {
    return "service";
  }
  return call.key === "" ? "bucket" : "object";
}
