import type { Action } from "../action";
import { versioned } from "../action";
import { checkDeleteCondition } from "../conditions";
import { checkBypass } from "../object-lock";
import { deleteVersion } from "../delete-version";
import { readVersionId, requireKnownVersion } from "../find-object";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: Action = {
  permissions: versioned("s3:DeleteObject"),
  run: (call) => {
    const { bucket, key } = call;
    const versionId = readVersionId(call.query.get("versionId"));
    requireKnownVersion(bucket, key, versionId);
    checkBypass(call, [versionId]);
    const match = call.header("if-match");
    if (match !== undefined) {
      checkDeleteCondition(call, call.request, match, versionId);
    }
    const deletion = deleteVersion(call, bucket, key, versionId);
    return {
      status: 204,
      headers: {
        "x-amz-delete-marker": deletion.deleteMarker ? "true" : undefined,
        "x-amz-version-id": deletion.versionId,
      },
    };
  },
};
