import type { Action } from "../action";
import { AwsError } from "../../aws-error";
import { receiveText } from "../body/receive";
import { readClaims } from "../body/claims";
import type { Call } from "../call";
import { checkDeleteCondition } from "../conditions";
import { deleteVersion } from "../delete-version";
import { invalidRequest, malformedXml, noSuchVersion, notImplemented } from "../errors";
import { hasVersion, readVersionId } from "../find-object";
import { checkBypass } from "../object-lock";
import { xmlReply } from "../reply";
import { elements, parseXml, renderXml, text } from "../xml";
import type { XmlElement } from "../xml";

const maxObjects = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects: Action = {
  // Each object is authorised on its own, and a refusal is a part of the answer.
  permissions: () => [],
  run: async (call) => {
    const { md5, checksum } = readClaims(call);
    if (md5 === undefined && checksum === undefined) {
      throw invalidRequest("Missing required header for this request: Content-MD5");
    }
    const document = parseXml(await receiveText(call), "Delete");
    const objects = elements(document, "Object");
    if (objects.length === 0 || objects.length > maxObjects) {
      throw malformedXml();
    }
    checkBypass(
      call,
      objects.map((object) => text(object, "VersionId")),
    );
    const quiet = text(document, "Quiet") === "true";
    const results = objects.map((object) => deleteOne(call, object));
    return xmlReply(
      renderXml("DeleteResult", {
        Deleted: quiet ? [] : results.flatMap(({ deleted }) => deleted ?? []),
        Error: results.flatMap(({ error }) => error ?? []),
      }),
    );
  },
};

function deleteOne(call: Call, object: XmlElement): { deleted?: XmlElement; error?: XmlElement } {
  const key = text(object, "Key");
  if (key === undefined || key === "") {
    throw malformedXml();
  }
  const version = text(object, "VersionId");
  try {
    return { deleted: deleted(call, key, version, object) };
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    return { error: { Key: key, VersionId: version, Code: error.code, Message: error.message } };
  }
}

function deleted(
  call: Call,
  key: string,
  version: string | undefined,
  object: XmlElement,
): XmlElement {
  for (const condition of ["LastModifiedTime", "Size"]) {
    if (text(object, condition) !== undefined) {
      throw notImplemented(`${condition} of an object to delete`);
    }
  }
  const versionId = readVersionId(version === "" ? undefined : version);
  const action = versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
  call.authorize(
    action,
    { bucket: call.request.bucket, key },
    versionId === undefined ? {} : { context: { "s3:VersionId": versionId } },
  );
  if (versionId !== undefined && !hasVersion(call.bucket, key, versionId)) {
    throw noSuchVersion(key, versionId);
  }
  const etag = text(object, "ETag");
  if (etag !== undefined) {
    checkDeleteCondition(call, { bucket: call.request.bucket, key }, etag, versionId);
  }
  const { deleteMarker, versionId: affected } = deleteVersion(call, call.bucket, key, versionId);
  return {
    Key: key,
    VersionId: versionId,
    DeleteMarker: deleteMarker ? true : undefined,
    DeleteMarkerVersionId: deleteMarker ? affected : undefined,
  };
}
