import type { Action } from "../action";
import { receiveText } from "../body/receive";
import { malformedXml, S3Error } from "../errors";
import { requestedObject } from "../find-object";
import { legalHoldStatus } from "../object-headers";
import {
  checkRetentionChange,
  readRetention,
  requireObjectLock,
  retentionModes,
} from "../object-lock";
import { xmlReply } from "../reply";
import { oneOf, parseXml, renderXml, text } from "../xml";
import type { XmlElement } from "../xml";
import type { Retention } from "../store/version";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const getObjectRetention: Action = {
  permissions: () => ["s3:GetObjectRetention"],
  run: (call) => {
    requireObjectLock(call.bucket);
    const { retention } = requestedObject(call).content;
    if (!retention) {
      throw noLockConfiguration();
    }
    const { mode, retainUntil } = retention;
    return xmlReply(renderXml("Retention", { Mode: mode, RetainUntilDate: retainUntil }));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention: Action = {
  permissions: () => ["s3:PutObjectRetention"],
  run: async (call) => {
    requireObjectLock(call.bucket);
    const document = parseXml(await receiveText(call), "Retention");
    const retention = readDocument(document, call.now);
    const object = requestedObject(call);
    checkRetentionChange(call, object.content, retention);
    call.bucket.update(object, { retention });
    return { status: 200 };
  },
};

/** An empty document removes the retention. */
function readDocument(document: XmlElement, now: Date): Retention | undefined {
  const until = text(document, "RetainUntilDate");
  if (until === undefined && text(document, "Mode") === undefined) {
    return undefined;
  }
  if (until === undefined) {
    throw malformedXml();
  }
  return readRetention(oneOf(document, "Mode", retentionModes), until, now, "RetainUntilDate");
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold: Action = {
  permissions: () => ["s3:GetObjectLegalHold"],
  run: (call) => {
    requireObjectLock(call.bucket);
    const status = legalHoldStatus(call.bucket, requestedObject(call).content);
    if (status === undefined) {
      throw noLockConfiguration();
    }
    return xmlReply(renderXml("LegalHold", { Status: status }));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold: Action = {
  permissions: () => ["s3:PutObjectLegalHold"],
  run: async (call) => {
    const document = parseXml(await receiveText(call), "LegalHold");
    const legalHold = oneOf(document, "Status", ["ON", "OFF"]) === "ON";
    requireObjectLock(call.bucket);
    call.bucket.update(requestedObject(call), { legalHold });
    return { status: 200 };
  },
};

function noLockConfiguration(): S3Error {
  return new S3Error(
    "NoSuchObjectLockConfiguration",
    "The specified object does not have a ObjectLock configuration",
    404,
  );
}
