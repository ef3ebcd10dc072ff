import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { Logs } from "./logs";
import { operations } from "./operations";

const refusals: Refusals = {
  error: () => new AwsError("ServiceUnavailableException", "The service cannot complete.", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/** What shows log groups and their events. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export function logsApi(access: ApiAccess, logs: Logs): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "CloudWatch Logs",
    service: "logs",
    target: "Logs_20140328",
    operations,
    refusals,
    faultPoint: faultPoint("logs", access, refusals),
    contextOf: (principal) => ({
      account,
      logs,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
