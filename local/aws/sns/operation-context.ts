import type { Caller } from "../api/caller";
import type { Account } from "../types";
import type { PublishRequest } from "./publish-request";
import type { Topic } from "./topic";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  topics: readonly Topic[];
  publish: (request: PublishRequest) => Promise<{ messageId: string }>;
}
