import type { Condition, Statement } from "./policy-document";

/**
 * Keys that tie a request to known accounts, organizations, networks or resources.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const callerKeys = new Set([
  "aws:principalaccount",
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
  "aws:vpcsourceip",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

/**
 * Operators that hold only for a value that is there and is one of those listed: not the negated
 * ones, nor those ending in `IfExists` or beginning with `ForAllValues:`, which hold without a value.
 */
const selectiveOperator =
  /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

const anything = /^\*+$|^0\.0\.0\.0\/0$|^::\/0$|^arn:[^:]*:[^:]*:[^:]*:\*/;

/** Whether the statement allows something to whoever asks. */
export function allowsAnyone(statement: Statement): boolean {
  const anyone =
    statement.excepts.principals ||
    statement.principals.some(({ type, id }) => type === "AWS" && id === "*");
  return statement.allows && anyone && !statement.conditions.some(limitsCallers);
}

/** Whether the condition leaves only known callers; a value that is not known yet may do so. */
function limitsCallers({ operator, key, values }: Condition): boolean {
  return (
    callerKeys.has(key) &&
    selectiveOperator.test(operator) &&
    values.length > 0 &&
    !values.some((value) => typeof value === "string" && anything.test(value))
  );
}
