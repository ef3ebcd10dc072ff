import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { Events } from "./events";
import { operations } from "./operations";

const refusals: Refusals = {
  error: () =>
    new AwsError("InternalException", "This exception occurs due to unexpected causes.", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/** What shows rules and their targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/ */
export function eventsApi(access: ApiAccess, events: Events): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "EventBridge",
    service: "events",
    target: "AWSEvents",
    operations,
    refusals,
    faultPoint: faultPoint("events", access, refusals),
    contextOf: (principal) => ({
      account,
      events,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
