import type { Authenticator, Authorizer } from "../iam/types";
import type { ServiceOptions } from "../types";

/** What every API needs besides the service that it shows. */
export interface ApiAccess extends Pick<
  ServiceOptions,
  "account" | "faults" | "notify" | "recorder"
> {
  authenticator: Pick<Authenticator, "authenticate">;
  authorizer: Authorizer;
}
