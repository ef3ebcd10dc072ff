import { randomBytes } from "node:crypto";
import { AwsError } from "../aws-error";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { NewBlob } from "./body/receive";
import type { Call, Target } from "./call";
import { accessDenied, invalidArgument, S3Error } from "./errors";
import type { Bucket } from "./store/bucket";
import type { ObjectEncryption } from "./store/version";

/** The key that S3 takes where a write or a bucket names none. */
const managedKey = "alias/aws/s3";

/**
 * The encryption that a write asks for, or the bucket's default.
 *
 * @throws S3Error where the headers contradict each other, or the caller may not encrypt with the key.
 */
export function newEncryption(call: Call, bucket: Bucket): ObjectEncryption {
  const { algorithm, kmsKeyId, bucketKeyEnabled } = askedEncryption(call, bucket);
  if (algorithm === "AES256") {
    return { algorithm, bucketKeyEnabled: false };
  }
  const key = usableKey(call, kmsKeyId ?? managedKey);
  const use = { arn: key, bucketKeyEnabled, target: call.request };
  authorizeKey(call, "kms:GenerateDataKey", use);
  return { algorithm, kmsKeyId: key, bucketKeyEnabled };
}

/**
 * Checks that the caller may decrypt what is encrypted with a key of KMS.
 *
 * @throws S3Error `AccessDenied`, `KMS.DisabledException`, `KMS.NotFoundException`.
 */
export function requireDecryption(
  call: Call,
  { algorithm, kmsKeyId = managedKey, bucketKeyEnabled }: ObjectEncryption,
  target: Target = call.request,
): void {
  if (algorithm !== "AES256") {
    const use = { arn: usableKey(call, kmsKeyId), bucketKeyEnabled, target };
    authorizeKey(call, "kms:Decrypt", use);
  }
}

/**
 * Bytes as they are told of once they are encrypted: where a key of KMS does, the entity tag is not their MD5.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function encrypted(blob: NewBlob, { algorithm }: ObjectEncryption): NewBlob {
  return algorithm === "AES256" ? blob : { ...blob, etag: randomBytes(16).toString("hex") };
}

function askedEncryption(call: Call, bucket: Bucket): ObjectEncryption {
  const algorithm = call.header("x-amz-server-side-encryption");
  const kmsKeyId = call.header("x-amz-server-side-encryption-aws-kms-key-id");
  if (kmsKeyId !== undefined && !algorithm?.startsWith("aws:kms")) {
    throw invalidArgument(
      "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
      "x-amz-server-side-encryption",
      algorithm ?? "",
    );
  }
  const byDefault = bucket.configuration.encryption;
  const bucketKey = call.header("x-amz-server-side-encryption-bucket-key-enabled");
  const bucketKeyEnabled =
    bucketKey === undefined ? byDefault.bucketKeyEnabled : bucketKey.toLowerCase() === "true";
  if (algorithm === undefined) {
    return { ...byDefault, bucketKeyEnabled };
  }
  if (!["AES256", "aws:kms", "aws:kms:dsse"].includes(algorithm)) {
    throw invalidArgument(
      "The encryption method specified is not supported",
      "x-amz-server-side-encryption",
      algorithm,
    );
  }
  return { algorithm, ...(kmsKeyId !== undefined && { kmsKeyId }), bucketKeyEnabled };
}

/** The ARN of a key that data can be encrypted with. */
function usableKey(call: Call, reference: string): string {
  const { arn, enabled, usage } = findKey(call, reference);
  if (!enabled) {
    throw kmsError("DisabledException", `${arn} is disabled.`);
  }
  if (usage !== "ENCRYPT_DECRYPT") {
    throw kmsError("InvalidKeyUsageException", `${arn} key usage is ${usage}.`);
  }
  return arn;
}

function findKey({ environment: { keys } }: Call, reference: string) {
  try {
    return keys.find(reference);
  } catch (error) {
    if (error instanceof AwsError && error.code === "NotFoundException") {
      throw kmsError(error.code, error.message);
    }
    throw error;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function authorizeKey(
  { principal, environment: { account, keys } }: Call,
  action: string,
  { arn, bucketKeyEnabled, target }: { arn: string; bucketKeyEnabled: boolean; target: Target },
): void {
  const object = bucketKeyEnabled ? target.bucket : `${target.bucket}/${target.key}`;
  const decision = keys.authorizeUse({
    principal,
    keyId: arn,
    action,
    context: {
      "kms:ViaService": `s3.${account.region}.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": `arn:${account.partition}:s3:::${object}`,
    },
  });
  if (!decision.allowed) {
    throw accessDenied(accessDeniedMessage({ principal, action, resource: arn }, decision));
  }
}

function kmsError(code: string, message: string): S3Error {
  return new S3Error(`KMS.${code}`, message, 400);
}
