import type { Caller } from "../api/caller";
import type { Account } from "../types";
import type { CloudWatch } from "./cloudwatch";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  cloudWatch: CloudWatch;
}
