import { AwsError } from "../aws-error";

/**
 * Refuses two parameters of which one at most may be given.
 *
 * @param code of the error.
 */
export function requireOneOf(
  one: unknown,
  other: unknown,
  message: string,
  code = "InvalidParameterException",
): void {
  if (![one, other].some((given) => given === undefined || given === "")) {
    throw new AwsError(code, message);
  }
}

/** Refuses a span that ends before it starts; times are in milliseconds since 1970. */
export function requireOrder(startTime = 0, endTime = Number.POSITIVE_INFINITY): void {
  if (endTime < startTime) {
    throw invalidParameter("End time should not be less than start time.");
  }
}

/** What CloudWatch Logs answers to parameters that it does not take. */
export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function invalidToken(): AwsError {
  return invalidParameter("The specified nextToken is invalid.");
}
