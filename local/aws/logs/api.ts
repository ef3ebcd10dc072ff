import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { type Operation, rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { LogDeliveries } from "../log-deliveries/log-deliveries";
import { type DeliveryContext, deliveryOperations } from "../log-deliveries/operations";
import type { Logs } from "./logs";
import type { OperationContext } from "./operation-context";
import { operations } from "./operations";
import { writeOperations } from "./write-operations";

/** Room for a batch of events of a megabyte, of which JSON may write each byte by six. */
const maxBodyBytes = 8 * 1024 * 1024;

const refusals: Refusals = {
  error: () => new AwsError("ServiceUnavailableException", "The service cannot complete.", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

const allOperations: Readonly<Record<string, Operation<DeliveryContext & OperationContext>>> = {
  ...operations,
  ...writeOperations,
  ...deliveryOperations,
};

/** What takes and shows events of log groups, and shows deliveries. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export function logsApi(access: ApiAccess, logs: Logs, deliveries: LogDeliveries): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "CloudWatch Logs",
    service: "logs",
    target: "Logs_20140328",
    maxBodyBytes,
    operations: allOperations,
    refusals,
    faultPoint: faultPoint("logs", access, refusals),
    contextOf: (principal) => ({
      account,
      logs,
      deliveries,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
