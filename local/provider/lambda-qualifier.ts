import { AwsError } from "../aws/aws-error";
import { functionReferenceOf, qualified } from "../aws/lambda/function-name";
import type { Account } from "../aws/types";

/**
 * What a function and a qualifier name together, as Lambda's operations take them.
 *
 * @param reference a name or an ARN, which may have a qualifier, too.
 * @throws AwsError `InvalidParameterValueException` where these are two.
 */
export function withQualifier(
  reference: string,
  qualifier: string | undefined,
  account: Account,
): string {
  const own = functionReferenceOf(reference, account);
  if (qualifier !== undefined && own.qualifier !== undefined && qualifier !== own.qualifier) {
    throw new AwsError(
      "InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  return qualified(own.name, qualifier ?? own.qualifier);
}
