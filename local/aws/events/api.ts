import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { Events } from "./events";
import { entryOperation, operations } from "./operations";

const refusals: Refusals = {
  error: () =>
    new AwsError("InternalException", "This exception occurs due to unexpected causes.", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/** What can fail: operations, and single events of a request. */
export const operationNames: readonly string[] = [...Object.keys(operations), entryOperation];

/** More than the largest events take in JSON. */
const maxBodyBytes = 3 * 1024 * 1024;

/** What takes events, makes rules and their targets, and shows buses. https://docs.aws.amazon.com/eventbridge/latest/APIReference/ */
export function eventsApi(access: ApiAccess, events: Events): RequestListener {
  const { account, authorizer, faults } = access;
  return rpcApi({
    ...access,
    title: "EventBridge",
    service: "events",
    target: "AWSEvents",
    maxBodyBytes,
    operations,
    refusals,
    faultPoint: faultPoint("events", access, refusals),
    contextOf: (principal) => ({
      account,
      events,
      faults,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
