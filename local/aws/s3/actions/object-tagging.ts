import type { Action } from "../action";
import { versioned } from "../action";
import { receiveText } from "../body/receive";
import { requestTagContext } from "../context";
import { requestedObject } from "../find-object";
import { versionHeader } from "../object-headers";
import { xmlReply } from "../reply";
import { readObjectTags, tagSet } from "../tags";
import { parseXml, renderXml } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging: Action = {
  permissions: versioned("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
  run: (call) => {
    const object = requestedObject(call, true);
    const document = renderXml("Tagging", tagSet(object.content.tags));
    return xmlReply(document, versionHeader(call.bucket, object));
  },
};

const putPermissions = versioned("s3:PutObjectTagging", "s3:PutObjectVersionTagging");

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging: Action = {
  // Conditions on the new tags need the body: `run` asks.
  permissions: () => [],
  run: async (call) => {
    const document = parseXml(await receiveText(call), "Tagging");
    const tags = readObjectTags(document);
    for (const permission of putPermissions(call)) {
      call.authorize(permission, call.request, { context: requestTagContext(tags) });
    }
    const object = requestedObject(call, true);
    call.bucket.update(object, { tags });
    return { status: 200, headers: versionHeader(call.bucket, object) };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging: Action = {
  permissions: versioned("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"),
  run: (call) => {
    const object = requestedObject(call, true);
    call.bucket.update(object, { tags: {} });
    return { status: 204, headers: versionHeader(call.bucket, object) };
  },
};
