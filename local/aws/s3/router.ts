import type { Action } from "./action";
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from "./actions/acl";
import {
  getBucketAccelerate,
  getBucketReplication,
  getBucketRequestPayment,
  getBucketWebsite,
} from "./actions/bucket-defaults";
import {
  deleteBucketDocument,
  getBucketDocument,
  putBucketDocument,
} from "./actions/bucket-document";
import { getBucketLogging } from "./actions/bucket-logging";
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
import { getObjectAttributes } from "./actions/get-object-attributes";
import { listMultipartUploads } from "./actions/list-multipart-uploads";
import { listObjects } from "./actions/list-objects";
import { listVersions } from "./actions/list-versions";
import {
  abortMultipartUpload,
  createMultipartUpload,
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

/** What performs an operation. */
export interface Route {
  /** Its name in S3's API, or for what SDKs do not have, in CloudTrail's logs. */
  operation: string;
  action: Action;
}

/** By method, level and subresource. What is not here is not emulated. */
const routes: Readonly<Record<string, Route>> = {
  "GET service": { operation: "ListBuckets", action: listBuckets },
  "PUT bucket": { operation: "CreateBucket", action: createBucket },
  "DELETE bucket": { operation: "DeleteBucket", action: deleteBucket },
  "HEAD bucket": { operation: "HeadBucket", action: headBucket },
  "GET bucket": { operation: "ListObjects", action: listObjects },
  "GET bucket list-type=2": { operation: "ListObjectsV2", action: listObjects },
  "GET bucket acl": { operation: "GetBucketAcl", action: getBucketAcl },
  "PUT bucket acl": { operation: "PutBucketAcl", action: putBucketAcl },
  "GET bucket location": { operation: "GetBucketLocation", action: getBucketLocation },
  "GET bucket logging": { operation: "GetBucketLogging", action: getBucketLogging },
  "GET bucket accelerate": {
    operation: "GetBucketAccelerateConfiguration",
    action: getBucketAccelerate,
  },
  "GET bucket replication": { operation: "GetBucketReplication", action: getBucketReplication },
  "GET bucket requestPayment": {
    operation: "GetBucketRequestPayment",
    action: getBucketRequestPayment,
  },
  "GET bucket website": { operation: "GetBucketWebsite", action: getBucketWebsite },
  "GET bucket versions": { operation: "ListObjectVersions", action: listVersions },
  "GET bucket uploads": { operation: "ListMultipartUploads", action: listMultipartUploads },
  "GET bucket policy": { operation: "GetBucketPolicy", action: getBucketPolicy },
  "PUT bucket policy": { operation: "PutBucketPolicy", action: putBucketPolicy },
  "DELETE bucket policy": { operation: "DeleteBucketPolicy", action: deleteBucketPolicy },
  "GET bucket policyStatus": { operation: "GetBucketPolicyStatus", action: getBucketPolicyStatus },
  "POST bucket": { operation: "PostObject", action: postObject },
  "POST bucket delete": { operation: "DeleteObjects", action: deleteObjects },
  "OPTIONS bucket": { operation: "PreflightRequest", action: preflight },
  "OPTIONS object": { operation: "PreflightRequest", action: preflight },
  "PUT object": { operation: "PutObject", action: putObject },
  "PUT object copy": { operation: "CopyObject", action: copyObject },
  "GET object": { operation: "GetObject", action: getObject },
  "GET object acl": { operation: "GetObjectAcl", action: getObjectAcl },
  "PUT object acl": { operation: "PutObjectAcl", action: putObjectAcl },
  "GET object attributes": { operation: "GetObjectAttributes", action: getObjectAttributes },
  "HEAD object": { operation: "HeadObject", action: headObject },
  "DELETE object": { operation: "DeleteObject", action: deleteObject },
  "GET object tagging": { operation: "GetObjectTagging", action: getObjectTagging },
  "PUT object tagging": { operation: "PutObjectTagging", action: putObjectTagging },
  "DELETE object tagging": { operation: "DeleteObjectTagging", action: deleteObjectTagging },
  "GET object retention": { operation: "GetObjectRetention", action: getObjectRetention },
  "PUT object retention": { operation: "PutObjectRetention", action: putObjectRetention },
  "GET object legal-hold": { operation: "GetObjectLegalHold", action: getObjectLegalHold },
  "PUT object legal-hold": { operation: "PutObjectLegalHold", action: putObjectLegalHold },
  "POST object uploads": { operation: "CreateMultipartUpload", action: createMultipartUpload },
  "PUT object uploadId": { operation: "UploadPart", action: uploadPart },
  "PUT object uploadId copy": { operation: "UploadPartCopy", action: uploadPartCopy },
  "GET object uploadId": { operation: "ListParts", action: listParts },
  "POST object uploadId": { operation: "CompleteMultipartUpload", action: completeMultipartUpload },
  "DELETE object uploadId": { operation: "AbortMultipartUpload", action: abortMultipartUpload },
  ...documentRoutes(),
};

function documentRoutes(): Record<string, Route> {
  const found: Record<string, Route> = {};
  for (const [subresource, document] of Object.entries(bucketDocuments)) {
    const { name, reset } = document;
    found[`GET bucket ${subresource}`] = {
      operation: `Get${name}`,
      action: getBucketDocument(document),
    };
    found[`PUT bucket ${subresource}`] = {
      operation: `Put${name}`,
      action: putBucketDocument(document),
    };
    if (reset) {
      found[`DELETE bucket ${subresource}`] = {
        // Only lifecycles lose the end of their name: DeleteBucketLifecycle.
        operation: `Delete${name.replace(/Configuration$/, "")}`,
        action: deleteBucketDocument(document, reset),
      };
    }
  }
  return found;
}

/** The operations that are emulated. */
export const operationNames: readonly string[] = [
  ...new Set(Object.values(routes).map(({ operation }) => operation)),
];

/** Headers that would change what happens, and that are not emulated. */
const otherHeaders =
  /^x-amz-(mfa|write-offset-bytes|rename-source.*|if-match-.+|server-side-encryption-(customer-.+|context)|copy-source-server-side-encryption-.+|checksum-range|skip-destination-validation)$/;

/**
 * What a call asks for.
 *
 * @throws S3Error `NotImplemented`, `MethodNotAllowed`, `InvalidArgument`.
 */
export function route(call: Call): Route {
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
  const isNewList = name === "GET bucket" && call.query.get("list-type") === "2";
  const found = routes[isNewList ? "GET bucket list-type=2" : name];
  if (found) {
    return found;
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
