import { regionalArn } from "../arn";
import type { Account } from "../types";

/** `arn:aws:logs:<region>:<account>:log-group:<name>`. */
export function groupArn(account: Account, name: string): string {
  return regionalArn(account, "logs", `log-group:${name}`);
}
