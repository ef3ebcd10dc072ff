import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import { invalidMember } from "./invalid-member";

/** `arn:aws:lambda:<region>:<account>:function:<name>`. */
export function functionArn(name: string, account: Account): string {
  return regionalArn(account, "lambda", `function:${name}`);
}

/** What is invoked, and changes, where no version and no alias is named. */
export const latest = "$LATEST";

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax */
const unqualifiedPattern = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)`;
const pattern = String.raw`${unqualifiedPattern}(:(\$LATEST|[a-zA-Z0-9-_]+))?`;

/** What a reference to a function says. */
export interface FunctionReference {
  name: string;
  /** A version's number, `$LATEST` or an alias. Default: the function as it is now. */
  qualifier?: string;
}

/**
 * What `name`, `<account>:function:name` or a whole ARN says, each with or without `:qualifier`.
 *
 * @throws AwsError `ResourceNotFoundException` for another account or region, `ValidationException` for what
 * is no reference.
 */
export function functionReferenceOf(reference: string, account: Account): FunctionReference {
  const match =
    /^(?:(?:arn:([a-z-]+):lambda:([a-z0-9-]+):)?(\d{12}):function:)?([A-Za-z0-9_-]+)(?::(\$LATEST|[A-Za-z0-9_-]+))?$/.exec(
      reference,
    );
  if (!match) {
    throw mismatch(reference, pattern);
  }
  const [, partition, region, accountId, name, qualifier] = match;
  const isHere =
    (partition ?? account.partition) === account.partition &&
    (region ?? account.region) === account.region &&
    (accountId ?? account.accountId) === account.accountId;
  if (name === undefined || !isHere) {
    throw functionNotFound(reference);
  }
  return { name, ...(qualifier !== undefined && { qualifier }) };
}

/**
 * The name in a reference, whatever its qualifier.
 *
 * @throws AwsError as {@link functionReferenceOf}.
 */
export function functionNameOf(reference: string, account: Account): string {
  return functionReferenceOf(reference, account).name;
}

/**
 * The name in a reference that may have no qualifier, as what is asked for is the same of all versions.
 *
 * @throws AwsError as {@link functionReferenceOf}, and `ValidationException` for one with a qualifier.
 */
export function unqualifiedNameOf(reference: string, account: Account): string {
  const { name, qualifier } = functionReferenceOf(reference, account);
  if (qualifier !== undefined) {
    throw mismatch(reference, unqualifiedPattern);
  }
  return name;
}

function mismatch(reference: string, expected: string): AwsError {
  const constraint = `Member must satisfy regular expression pattern: ${expected}`;
  return invalidMember("functionName", reference, constraint);
}

/** A function's name or ARN, with a qualifier if there is one. */
export function qualified(nameOrArn: string, qualifier: string | undefined): string {
  return qualifier === undefined ? nameOrArn : `${nameOrArn}:${qualifier}`;
}

/** @param reference as the caller gave it. */
export function functionNotFound(reference: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${reference}`, 404);
}
