import type { RequestListener } from "node:http";
import { callerOf } from "../../api/caller";
import { rpcApi } from "../../api/rpc-api";
import { AwsError } from "../../aws-error";
import { faultPoint, type Refusals } from "../../fault-point";
import type { Account, ServiceOptions } from "../../types";
import type { IdentityProviders } from "../identity-providers";
import type { RoleStore } from "../role-store";
import type { Authenticator, Authorizer } from "../types";
import { operations } from "./operations";

const refusals: Refusals = {
  error: () => new AwsError("ServiceFailure", "Internal failure", 500),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};

/** What the API of IAM is made with. */
export interface IamApiOptions {
  account: Account;
  authenticator: Pick<Authenticator, "authenticate">;
  authorizer: Authorizer;
  notify: (line: string) => void;
  recorder?: ServiceOptions["recorder"];
  roles: RoleStore;
  providers: IdentityProviders;
}

/** What shows roles, policies and identity providers. https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export function iamApi(options: IamApiOptions): RequestListener {
  const { account, authorizer, roles, providers } = options;
  return rpcApi({
    ...options,
    title: "IAM",
    service: "iam",
    query: {
      namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
      types: { integers: ["MaxItems"], booleans: ["OnlyAttached"] },
    },
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    refusals,
    faultPoint: faultPoint("iam", options, refusals),
    operations,
    contextOf: (principal) => ({
      account,
      roles,
      providers,
      caller: callerOf(principal, authorizer, { code: "AccessDenied", statusCode: 403 }),
    }),
  });
}
