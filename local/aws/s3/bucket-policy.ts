import type { Account } from "../types";
import type { PolicyDocument, PolicyStatement } from "../iam/types";
import { accessDenied, S3Error } from "./errors";
import { isPublicPolicy } from "./public-policy";
import type { Bucket } from "./store/bucket";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const maxPolicyBytes = 20 * 1024;

/** @throws S3Error `MalformedPolicy` when the text is no policy document. */
export function readPolicy(text: string): PolicyDocument {
  if (Buffer.byteLength(text) > maxPolicyBytes) {
    throw malformedPolicy("Policies must not be larger than 20 KB");
  }
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === "object" && policy !== null && "Statement" in policy) {
      return policy as PolicyDocument;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  throw malformedPolicy("Missing required field Statement");
}

/**
 * Checks that a policy fits a bucket.
 *
 * @throws S3Error `MalformedPolicy`.
 */
export function checkBucketPolicy(account: Account, bucket: string, policy: PolicyDocument): void {
  for (const statement of [policy.Statement].flat()) {
    checkStatement(`arn:${account.partition}:s3:::${bucket}`, statement);
  }
}

/**
 * Applies `BlockPublicPolicy`.
 *
 * @throws S3Error `AccessDenied` when the bucket takes no public policy, and this is one.
 */
export function checkNotPublic(bucket: Bucket, policy: PolicyDocument): void {
  if (bucket.configuration.publicAccessBlock?.blockPublicPolicy && isPublicPolicy(policy)) {
    throw accessDenied(
      "Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
    );
  }
}

function checkStatement(bucketArn: string, statement: PolicyStatement): void {
  if (!["Allow", "Deny"].includes(statement.Effect)) {
    throw malformedPolicy("Invalid effect");
  }
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
    throw malformedPolicy("Missing required field Principal");
  }
  const actions = textsOf(statement.Action ?? statement.NotAction);
  if (actions.length === 0) {
    throw malformedPolicy("Missing required field Action");
  }
  if (!actions.every((action) => action === "*" || /^s3:[\w*?]+$/i.test(action))) {
    throw malformedPolicy("Policy has invalid action");
  }
  const resources = textsOf(statement.Resource ?? statement.NotResource);
  if (resources.length === 0) {
    throw malformedPolicy("Missing required field Resource");
  }
  if (
    !resources.every(
      (arn) => arn === bucketArn || arn.startsWith(`${bucketArn}/`) || arn === `${bucketArn}*`,
    )
  ) {
    throw malformedPolicy("Policy has invalid resource");
  }
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

function malformedPolicy(message: string): S3Error {
  return new S3Error("MalformedPolicy", message, 400);
}
