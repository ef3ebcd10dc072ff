import { AwsError } from "../aws-error";

/** A member of a request that is not as Lambda's model has it. */
export function invalidMember(member: string, value: string, constraint: string): AwsError {
  return new AwsError(
    "ValidationException",
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
