import { AwsError } from "./aws-error";

/** What AWS has and the local cloud has not: better refused than silently served in another way. */
export class NotEmulatedByService extends AwsError {
  /** Such as `ListTopics of SNS`. */
  readonly what: string;

  constructor(what: string) {
    super("NotImplemented", `The local cloud does not emulate ${what}.`, 501);
    this.what = what;
  }
}

/** The answer to `what`, such as `ListTopics of SNS`: 501 `NotImplemented`. */
export function notEmulated(what: string): AwsError {
  return new NotEmulatedByService(what);
}
