import { AwsError } from "../aws-error";

/** A policy document that cannot be accepted; other services answer it under codes of their own. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}
