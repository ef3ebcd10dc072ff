import type { Account } from "../types";
import { uniqueId } from "./identifiers";
import type { Principal } from "./types";

/** The unique id of who signed a request: of a role's session with its name, of anyone else the account's. */
export function userIdOf(principal: Principal, account: Account): string {
  if (principal.kind !== "role") {
    return account.accountId;
  }
  const [, role = "", session = ""] = principal.arn.split("/");
  return `${uniqueId("AROA", account, role)}:${session}`;
}
