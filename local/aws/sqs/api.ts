import type { IncomingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { rpcApi } from "../api/rpc-api";
import type { FaultPoint } from "../fault-point";
import type { Authenticator, Principal } from "../iam/types";
import type { Action, ActionContext } from "./action";
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
} from "./actions/change-message-visibility";
import { deleteMessage } from "./actions/delete-message";
import { deleteMessageBatch } from "./actions/delete-message-batch";
import { getQueueAttributes } from "./actions/get-queue-attributes";
import { getQueueUrl } from "./actions/get-queue-url";
import { listDeadLetterSourceQueues, listQueues, listQueueTags } from "./actions/list-queues";
import {
  createQueue,
  deleteQueue,
  setQueueAttributes,
  tagQueue,
  untagQueue,
} from "./actions/manage-queues";
import { listMessageMoveTasks, startMessageMoveTask } from "./actions/message-move-tasks";
import { purgeQueue } from "./actions/purge-queue";
import { receiveMessage } from "./actions/receive-message";
import { sendMessage } from "./actions/send-message";
import { sendMessageBatch } from "./actions/send-message-batch";
import { queryStyle } from "./query-style";
import { refusals } from "./sqs-error";

const actions: Readonly<Record<string, Action>> = {
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueueTags: listQueueTags,
  ListQueues: listQueues,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
};

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(actions);

/** Room for a message of 1 MiB in JSON, each character escaped. */
const maxBodyBytes = 8 * 1024 * 1024;

/** What the API is made with. */
export interface ApiOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  /** Finds and authorises queues for who signed the request. */
  contextOf: (
    principal: Principal,
    traceHeader: string | undefined,
  ) => Omit<ActionContext, "signal">;
}

/**
 * SQS's API: JSON 1.0, and the query protocol of SDKs before 2023.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
export function sqsApi(options: ApiOptions): RequestListener {
  return rpcApi({
    ...options,
    title: "SQS",
    service: "sqs",
    target: "AmazonSQS",
    jsonVersion: "1.0",
    errorPrefix: "com.amazonaws.sqs#",
    query: queryStyle,
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    maxBodyBytes,
    operations: actions,
    refusals,
    contextOf: (principal, { headers }, response) => ({
      ...options.contextOf(principal, traceHeaderIn(headers)),
      signal: goneSignal(response),
    }),
  });
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html */
function traceHeaderIn({ "x-amzn-trace-id": header }: IncomingHttpHeaders): string | undefined {
  return typeof header === "string" && header.includes("Root=") ? header : undefined;
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => {
    gone.abort();
  });
  return gone.signal;
}
