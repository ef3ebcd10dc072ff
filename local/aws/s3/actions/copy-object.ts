import type { Action } from "../action";
import { openBytes } from "../body/read";
import { copyBlob } from "../body/receive";
import type { Call } from "../call";
import { commitObject } from "../commit";
import { checkWriteConditions } from "../conditions";
import { copiedVersionHeader, readCopySource } from "../copy-source";
import type { CopySource } from "../copy-source";
import { encrypted } from "../encryption";
import { entityTooLarge, invalidArgument, invalidRequest } from "../errors";
import { expirationHeader } from "../lifecycle/expiration-header";
import { readAttributes, writePermissions } from "../object-attributes";
import { encryptionHeaders, quoted, versionHeader } from "../object-headers";
import { xmlReply } from "../reply";
import type { ObjectAttributes } from "../store/version";
import { checksumElements, requestedAlgorithm } from "../checksum-elements";
import { renderXml } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject: Action = {
  permissions: writePermissions,
  run: async (call) => {
    const { bucket } = call;
    const source = readCopySource(call);
    const { blob: sourceBlob, size } = source.object.content;
    if (size > call.environment.maxObjectBytes) {
      throw entityTooLarge(call.environment.maxObjectBytes);
    }
    const attributes = targetAttributes(call, source);
    checkWriteConditions(call, bucket.find(call.key));
    const algorithm = requestedAlgorithm(call) ?? source.object.content.checksum.algorithm;
    const bytes = openBytes(source.bucket, sourceBlob);
    const copy = await copyBlob(bytes, size, bucket, algorithm);
    const blob = encrypted(copy, attributes.encryption);
    const version = commitObject(call, bucket, "Copy", { kind: "object", ...attributes, ...blob });
    return xmlReply(
      renderXml("CopyObjectResult", {
        LastModified: version.lastModified,
        ETag: quoted(blob.etag),
        ...checksumElements(blob.checksum),
      }),
      {
        ...versionHeader(bucket, version),
        ...expirationHeader(bucket, version),
        ...encryptionHeaders(attributes.encryption),
        ...copiedVersionHeader(source),
      },
    );
  },
};

function targetAttributes(call: Call, source: CopySource): ObjectAttributes {
  const replacesMetadata = readDirective(call, "x-amz-metadata-directive") === "REPLACE";
  const replacesTags = readDirective(call, "x-amz-tagging-directive") === "REPLACE";
  const asked = readAttributes(call, call.bucket);
  const { content } = source.object;
  const changes = replacesMetadata || changesStorage(call) || usesKey(asked) || usesKey(content);
  if (!changes && isOntoItself(call, source)) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  if (!replacesTags && Object.keys(content.tags).length > 0) {
    const action =
      source.versionId === undefined ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging";
    call.authorize(action, source.target);
    call.authorize("s3:PutObjectTagging");
  }
  return {
    ...asked,
    ...(!replacesMetadata && { headers: content.headers, metadata: content.metadata }),
    ...(!replacesTags && { tags: content.tags }),
  };
}

function isOntoItself(call: Call, { target, object, bucket }: CopySource): boolean {
  const newest = bucket.find(target.key) === object;
  return newest && target.bucket === call.request.bucket && target.key === call.key;
}

function changesStorage(call: Call): boolean {
  return [
    "x-amz-storage-class",
    "x-amz-server-side-encryption",
    "x-amz-website-redirect-location",
  ].some((name) => call.header(name) !== undefined);
}

/** To a key of KMS and from one, a copy is encrypted anew, whether it asks for that or not. */
function usesKey({ encryption }: Pick<ObjectAttributes, "encryption">): boolean {
  return encryption.algorithm !== "AES256";
}

function readDirective(call: Call, name: string): "COPY" | "REPLACE" {
  const directive = call.header(name) ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw invalidArgument("Unknown directive.", name, directive);
  }
  return directive;
}
