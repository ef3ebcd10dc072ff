import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Account } from "../types";

/** `arn:aws:lambda:<region>:<account>:function:<name>`. */
export function functionArn(name: string, account: Account): string {
  return regionalArn(account, "lambda", `function:${name}`);
}

/**
 * The name in `name`, `name:$LATEST`, `<account>:function:name` or a whole ARN.
 *
 * @throws AwsError `ResourceNotFoundException` for another account or region, and for a version or
 * an alias, since there are none here.
 */
export function functionNameOf(reference: string, account: Account): string {
  const match =
    /^(?:(?:arn:([a-z-]+):lambda:([a-z0-9-]+):)?(\d{12}):function:)?([A-Za-z0-9_-]+)(?::(.+))?$/.exec(
      reference,
    );
  const [, partition, region, accountId, name, qualifier = "$LATEST"] = match ?? [];
  const isHere =
    (partition ?? account.partition) === account.partition &&
    (region ?? account.region) === account.region &&
    (accountId ?? account.accountId) === account.accountId;
  if (name === undefined || !isHere || qualifier !== "$LATEST") {
    throw functionNotFound(reference);
  }
  return name;
}

/** @param reference as the caller gave it. */
export function functionNotFound(reference: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${reference}`, 404);
}
