import type { RequestListener } from "node:http";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import type { FaultPoint } from "../fault-point";
import type { Authenticator, Authorizer } from "../iam/types";
import type { Account } from "../types";
import { operations } from "./operations";
import type { PublishRequest } from "./publish-request";
import { refusals } from "./sns-error";
import type { Topic } from "./topic";

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(operations);

/** What the API is made with. */
export interface ApiOptions {
  account: Account;
  authenticator: Pick<Authenticator, "authenticate">;
  authorizer: Authorizer;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  topics: () => readonly Topic[];
  publish: (request: PublishRequest) => Promise<{ messageId: string }>;
}

/** SNS's API, which has the query protocol alone. https://docs.aws.amazon.com/sns/latest/api/ */
export function snsApi(options: ApiOptions): RequestListener {
  const { account, authorizer, topics, publish } = options;
  return rpcApi({
    ...options,
    title: "SNS",
    service: "sns",
    query: { namespace: "http://sns.amazonaws.com/doc/2010-03-31/" },
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    operations,
    refusals,
    contextOf: (principal) => ({
      account,
      publish,
      topics: topics(),
      caller: callerOf(principal, authorizer, { code: "AuthorizationError", statusCode: 403 }),
    }),
  });
}
