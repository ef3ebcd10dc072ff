import type { Account } from "../types";
import type { PolicyDocument, PolicyStatement } from "../iam/types";
import { AwsError } from "../aws-error";
import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import { parseResourcePolicy } from "../iam/resource-policy";
import { accessDenied, S3Error } from "./errors";
import { actionsFitResources, isMisspeltAction } from "./policy-actions";
import { isPublicPolicy } from "./public-policy";
import type { Bucket } from "./store/bucket";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const maxPolicyBytes = 20 * 1024;

/**
 * Reads the policy of a bucket.
 *
 * @param source JSON text, or what was parsed from it.
 * @throws S3Error `MalformedPolicy` when it is no policy document, or is about something else.
 */
export function readPolicy(account: Account, bucket: string, source: unknown): PolicyDocument {
  const size = Buffer.byteLength(typeof source === "string" ? source : JSON.stringify(source));
  if (size > maxPolicyBytes) {
    throw malformedPolicy("Policies must not be larger than 20 KB");
  }
  requireDocument(source);
  const policy = parsePolicy(source);
  for (const statement of [policy.Statement].flat()) {
    checkStatement(`arn:${account.partition}:s3:::${bucket}`, statement);
  }
  return policy;
}

/** What S3 looks for first. */
function requireDocument(source: unknown): void {
  const document = typeof source === "string" ? parseJson(source) : source;
  if (!isObject(document) || (typeof source === "string" && !source.startsWith("{"))) {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  if (!Object.hasOwn(document, "Statement")) {
    throw malformedPolicy("Missing required field Statement");
  }
}

function parsePolicy(source: unknown): PolicyDocument {
  try {
    return parseResourcePolicy(source);
  } catch (error) {
    if (error instanceof AwsError) {
      throw malformedPolicy(error.message);
    }
    throw error;
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
  const actions = [statement.Action ?? statement.NotAction ?? []].flat();
  const isOfS3 = (action: string) =>
    action === "*" || (/^s3:[\w*?]+$/i.test(action) && !isMisspeltAction(action));
  if (!actions.every(isOfS3)) {
    throw malformedPolicy("Policy has invalid action");
  }
  const resources = [statement.Resource ?? statement.NotResource ?? []].flat();
  const isOwn = (arn: string) =>
    arn === bucketArn || arn === `${bucketArn}*` || arn.startsWith(`${bucketArn}/`);
  if (!resources.every(isOwn)) {
    throw malformedPolicy("Policy has invalid resource");
  }
  if (!actionsFitResources(statement, bucketArn)) {
    throw malformedPolicy("Action does not apply to any resource(s) in statement");
  }
}

function malformedPolicy(message: string): S3Error {
  return new S3Error("MalformedPolicy", message, 400);
}
