import type { Call } from "./call";
import { accessDenied, S3Error } from "./errors";

/**
 * Checks that a bucket is of the account that a client expects: here all are of one.
 *
 * @param name of the header that says so of the bucket.
 * @throws S3Error `AccessDenied`, `InvalidBucketOwnerAWSAccountID`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
export function checkExpectedOwner(
  call: Call,
  name: "x-amz-expected-bucket-owner" | "x-amz-source-expected-bucket-owner",
): void {
  const expected = call.header(name);
  if (expected !== undefined && !/^\d{12}$/.test(expected)) {
    throw new S3Error(
      "InvalidBucketOwnerAWSAccountID",
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
      400,
    );
  }
  if (expected !== undefined && expected !== call.environment.account.accountId) {
    throw accessDenied();
  }
}
