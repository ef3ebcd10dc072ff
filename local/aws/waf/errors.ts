import { AwsError } from "../aws-error";

/** @param which what there is not. */
export function nonexistent(which = ""): AwsError {
  return new AwsError(
    "WAFNonexistentItemException",
    `AWS WAF couldn’t perform the operation because your resource doesn’t exist${which && `: ${which}`}.`,
  );
}

/** The id in the ARN of a web ACL. */
export function webAclIdOf(arn: string): string {
  return arn.split("/").at(-1) ?? "";
}
