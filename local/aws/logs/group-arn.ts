import { regionalArn } from "../arn";
import type { Account } from "../types";

/** `arn:aws:logs:<region>:<account>:log-group:<name>`. */
export function groupArn(account: Account, name: string): string {
  return regionalArn(account, "logs", `log-group:${name}`);
}

/**
 * The ARN of a stream of a group.
 *
 * @param stream may be empty: so IAM is asked where an operation is on a group.
 */
export function streamArn(account: Account, group: string, stream: string): string {
  return `${groupArn(account, group)}:log-stream:${stream}`;
}
