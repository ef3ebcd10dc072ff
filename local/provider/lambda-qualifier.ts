import { askedReference, nameShapes, qualified } from "../aws/lambda/function-name";
import type { Account } from "../aws/types";

/**
 * What a function and a qualifier name together, as Lambda's operations take them.
 *
 * @param reference a name or an ARN, which may have a qualifier, too.
 * @throws AwsError `InvalidParameterValueException` where these are two, and as {@link askedReference}.
 */
export function withQualifier(
  reference: string,
  qualifier: string | undefined,
  account: Account,
): string {
  const asked = { reference, shape: nameShapes.namespaced, qualifier };
  const own = askedReference(asked, account);
  return qualified(own.name, own.qualifier);
}
