import type { Caller } from "../api/caller";
import type { Account } from "../types";
import type { Logs } from "./logs";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  logs: Pick<
    Logs,
    | "putEvents"
    | "group"
    | "groups"
    | "keepLogStream"
    | "now"
    | "queryDefinitions"
    | "requireStream"
  >;
}
