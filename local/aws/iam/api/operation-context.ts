import type { Caller } from "../../api/caller";
import { AwsError } from "../../aws-error";
import type { Account } from "../../types";
import type { IdentityProviders } from "../identity-providers";
import type { RoleStore } from "../role-store";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  roles: RoleStore;
  providers: IdentityProviders;
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}
