import { AwsError } from "../aws-error";

/** A parameter that SNS refuses; `what` follows "Invalid parameter: ". */
export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

/** What real SNS has and the local cloud has not. */
export function notEmulated(what: string): AwsError {
  return new AwsError("NotImplemented", `The local cloud does not emulate ${what}`, 501);
}
