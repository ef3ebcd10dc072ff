import type { PolicyDocument, PolicyPrincipal, PolicyStatement } from "../iam/types";

// Keys that make a statement for everyone non-public when they are compared with fixed values:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
const limitingKeys = new Set([
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

/** Operators that hold only for the values given: no negation, no `IfExists`. */
const limitingOperator =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/** Tells whether S3 calls a bucket policy public: one that it cannot prove to be non-public. */
export function isPublicPolicy(policy: PolicyDocument): boolean {
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  return statements.some(isPublicStatement);
}

function isPublicStatement(statement: PolicyStatement): boolean {
  if (statement.Effect !== "Allow") {
    return false;
  }
  const forEveryone = statement.NotPrincipal !== undefined || isEveryone(statement.Principal);
  return forEveryone && !isLimited(statement);
}

function isEveryone(principal: PolicyPrincipal | undefined): boolean {
  if (principal === undefined || typeof principal === "string") {
    return principal === "*";
  }
  return [principal.AWS ?? []].flat().includes("*");
}

function isLimited(statement: PolicyStatement): boolean {
  return Object.entries(statement.Condition ?? {}).some(
    ([operator, keys]) =>
      limitingOperator.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) => limitingKeys.has(key.toLowerCase()) && [values].flat().every(isFixed),
      ),
  );
}

/** Neither a wildcard, nor a policy variable, nor a range of addresses wider than /8 (IPv6: /32). */
function isFixed(value: string | number | boolean): boolean {
  const text = String(value);
  const [address = "", bits] = text.split("/");
  if (bits !== undefined && /^[\d.]+$|^[\da-f:]+$/i.test(address)) {
    return Number(bits) >= (address.includes(":") ? 32 : 8);
  }
  return !/[*?]|\$\{/.test(text);
}
