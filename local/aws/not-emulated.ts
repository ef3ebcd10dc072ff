import { AwsError } from "./aws-error";

/** What AWS has and the local cloud has not, such as `ListTopics of SNS`: 501 `NotImplemented`. */
export function notEmulated(what: string): AwsError {
  return new AwsError("NotImplemented", `The local cloud does not emulate ${what}.`, 501);
}
