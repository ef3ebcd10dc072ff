import { AwsError } from "../aws-error";
import type { Refusals } from "../fault-point";
import type { ReplyHeaders } from "./reply";

/** An error of S3 that also sets response headers, such as `x-amz-delete-marker`. */
export class S3Error extends AwsError {
  readonly headers: ReplyHeaders;

  constructor(
    code: string,
    message: string,
    statusCode: number,
    details: Readonly<Record<string, string>> = {},
    headers: ReplyHeaders = {},
  ) {
    super(code, message, statusCode, details);
    this.headers = headers;
  }
}

// Codes, statuses and messages: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

export const refusals: Refusals = {
  error: () =>
    new S3Error("InternalError", "We encountered an internal error. Please try again.", 500),
  throttle: () => new S3Error("SlowDown", "Please reduce your request rate.", 503),
};

export function accessDenied(message = "Access Denied"): S3Error {
  return new S3Error("AccessDenied", message, 403);
}

/** @param value absent where S3 does not repeat it. */
export function invalidArgument(message: string, name: string, value?: string): S3Error {
  return new S3Error("InvalidArgument", message, 400, {
    ArgumentName: name,
    ...(value !== undefined && { ArgumentValue: value }),
  });
}

export function invalidRequest(message: string): S3Error {
  return new S3Error("InvalidRequest", message, 400);
}

export function malformedXml(): S3Error {
  return new S3Error(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
    400,
  );
}

/** The answer to everything that this server does not emulate. */
export function notImplemented(what: string): S3Error {
  return new S3Error(
    "NotImplemented",
    `A header or query you provided implies functionality that is not implemented: ${what}`,
    501,
  );
}

/** What S3 itself answers to a condition that it does not take. @param headers such as `If-Match`. */
export function conditionNotImplemented(headers: string, additionalMessage: string): S3Error {
  return new S3Error(
    "NotImplemented",
    "A header you provided implies functionality that is not implemented",
    501,
    { Header: headers, additionalMessage },
  );
}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error("NoSuchBucket", "The specified bucket does not exist", 404, {
    BucketName: bucket,
  });
}

/** The answer about what a bucket has only if it was put, and was not. */
export function notConfigured(bucket: string, code: string, message: string): S3Error {
  return new S3Error(code, message, 404, { BucketName: bucket });
}

export function noSuchKey(key: string, headers: ReplyHeaders = {}): S3Error {
  return new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: key }, headers);
}

export function noSuchVersion(key: string, versionId: string): S3Error {
  return new S3Error("NoSuchVersion", "The specified version does not exist.", 404, {
    Key: key,
    VersionId: versionId,
  });
}

export function noSuchUpload(uploadId: string): S3Error {
  return new S3Error(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    404,
    { UploadId: uploadId },
  );
}

export function methodNotAllowed(
  method: string,
  resourceType: string,
  headers: ReplyHeaders,
): S3Error {
  return new S3Error(
    "MethodNotAllowed",
    "The specified method is not allowed against this resource.",
    405,
    { Method: method, ResourceType: resourceType },
    headers,
  );
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error(
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    412,
    { Condition: condition },
  );
}

export function entityTooLarge(maxBytes: number): S3Error {
  return new S3Error(
    "EntityTooLarge",
    "Your proposed upload exceeds the maximum allowed size",
    400,
    { MaxSizeAllowed: String(maxBytes) },
  );
}

/** @param expected as S3 tells it: in base64 of a part, else in hex. @param calculated in base64. */
export function badDigest(expected: string, calculated: string): S3Error {
  return new S3Error(
    "BadDigest",
    "The Content-MD5 you specified did not match what we received.",
    400,
    { ExpectedDigest: expected, CalculatedDigest: calculated },
  );
}

/** @param algorithm such as `CRC32`. */
export function badChecksum(algorithm: string): S3Error {
  return new S3Error(
    "BadDigest",
    `The ${algorithm} you specified did not match the calculated checksum.`,
    400,
  );
}

/** The answer to a write on a condition that was judged on what has changed meanwhile. */
export function conditionalRequestConflict(condition: string, key: string): S3Error {
  return new S3Error(
    "ConditionalRequestConflict",
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    409,
    { Condition: condition, Key: key },
  );
}

export function incompleteBody(): S3Error {
  return new S3Error(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
    400,
  );
}
