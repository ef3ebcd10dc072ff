import type { Caller } from "../api/caller";
import type { Account, FaultInjector } from "../types";
import type { Events } from "./events";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  events: Pick<
    Events,
    "buses" | "deleteRule" | "kept" | "putEvents" | "putRule" | "putTarget" | "removeTarget"
  >;
  /** What single events of a request fail by. Default: nothing. */
  faults?: FaultInjector | undefined;
}
