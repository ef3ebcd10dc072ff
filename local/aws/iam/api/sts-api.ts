import type { RequestListener } from "node:http";
import { rpcApi } from "../../api/rpc-api";
import { AwsError } from "../../aws-error";
import { faultPoint, type Refusals } from "../../fault-point";
import type { Account, ServiceOptions } from "../../types";
import { userIdOf } from "../user-id";
import type { Authenticator, Principal } from "../types";

const refusals: Refusals = {
  error: () => new AwsError("InternalFailure", "Internal failure", 500),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};

/** What the API of STS is made with. */
export interface StsApiOptions {
  account: Account;
  authenticator: Pick<Authenticator, "authenticate">;
  notify: (line: string) => void;
  recorder?: ServiceOptions["recorder"];
}

/**
 * STS, as far as it tells who signed a request. Sessions are opened by services alone.
 * https://docs.aws.amazon.com/STS/latest/APIReference/
 */
export function stsApi(options: StsApiOptions): RequestListener {
  const { account } = options;
  return rpcApi<Principal>({
    ...options,
    title: "STS",
    service: "sts",
    query: { namespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    refusals,
    faultPoint: faultPoint("sts", options, refusals),
    operations: {
      // Nobody needs a permission for it.
      GetCallerIdentity: (_input, principal) => ({
        UserId: userIdOf(principal, account),
        Account: account.accountId,
        Arn: "arn" in principal ? principal.arn : "",
      }),
    },
    contextOf: (principal) => principal,
  });
}
