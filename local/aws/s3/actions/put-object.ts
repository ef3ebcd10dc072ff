import type { Action } from "../action";
import { receiveBlob } from "../body/receive";
import { checkWriteConditions } from "../conditions";
import { commitObject } from "../commit";
import { encrypted } from "../encryption";
import { readAttributes, requireDigest, writePermissions } from "../object-attributes";
import { checksumHeaders, encryptionHeaders, quoted, writtenHeaders } from "../object-headers";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: Action = {
  permissions: writePermissions,
  run: async (call) => {
    const { bucket } = call;
    const attributes = readAttributes(call, bucket);
    requireDigest(call, attributes);
    // Checked again at the end: another write may come first while the body arrives.
    checkWriteConditions(call, bucket.find(call.key));
    const blob = encrypted(await receiveBlob(call, bucket), attributes.encryption);
    const version = commitObject(call, bucket, "Put", { kind: "object", ...attributes, ...blob });
    return {
      status: 200,
      headers: {
        etag: quoted(blob.etag),
        ...writtenHeaders(bucket, version),
        ...encryptionHeaders(attributes.encryption),
        ...checksumHeaders(blob.checksum),
      },
    };
  },
};
