import { AwsError } from "../aws-error";
import type { Refusals } from "../fault-point";

/** A parameter that SNS refuses; `what` follows "Invalid parameter: ". */
export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

/** https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
export const refusals: Refusals = {
  error: () => new AwsError("InternalError", "Internal service error", 500),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};
