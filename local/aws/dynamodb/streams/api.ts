import type { IncomingMessage, RequestListener } from "node:http";

import type { ApiAccess } from "../../api/api-access";
import { callerOf } from "../../api/caller";
import { rpcApi } from "../../api/rpc-api";
import { faultPoint } from "../../fault-point";
import { refusals } from "../refusals";
import { operations } from "./operations";
import type { StreamLog } from "./stream-log";
import { denial } from "./stream-readers";

const target = "DynamoDBStreams_20120810";

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(operations);

/** DynamoDB Streams' JSON 1.0 API. */
export function streamsApi(
  access: ApiAccess & { clock: () => Date },
  log: () => StreamLog,
): RequestListener {
  return rpcApi({
    ...access,
    title: "DynamoDB Streams",
    service: "dynamodb",
    target,
    jsonVersion: "1.0",
    errorPrefix: "com.amazonaws.dynamodb.v20120810#",
    operations,
    refusals,
    faultPoint: faultPoint("dynamodb", access, refusals),
    contextOf: (principal) => ({
      caller: callerOf(principal, access.authorizer, denial),
      clock: access.clock,
      log: log(),
    }),
  });
}

/** Whether a request is for streams, which share the endpoint of tables here. */
export function isForStreams({ headers }: IncomingMessage): boolean {
  return String(headers["x-amz-target"]).startsWith(`${target}.`);
}
