import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AwsError } from "../aws-error";
import type { FaultPoint } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { queryError } from "../query-xml";
import type { Action, ActionContext } from "./action";
import { changeMessageVisibility } from "./actions/change-message-visibility";
import { deleteMessage } from "./actions/delete-message";
import { deleteMessageBatch } from "./actions/delete-message-batch";
import { getQueueAttributes } from "./actions/get-queue-attributes";
import { getQueueUrl } from "./actions/get-queue-url";
import { purgeQueue } from "./actions/purge-queue";
import { receiveMessage } from "./actions/receive-message";
import { sendMessage } from "./actions/send-message";
import { sendMessageBatch } from "./actions/send-message-batch";
import { queryCodes, refusals } from "./sqs-error";

/** The control plane and message move tasks are not emulated over HTTP. */
const actions: Readonly<Record<string, Action>> = {
  ChangeMessageVisibility: changeMessageVisibility,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
};

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(actions);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
const queryNamespace = "http://queue.amazonaws.com/doc/2012-11-05/";

/** Room for a message of 1 MiB in JSON, each character escaped. */
const maxBodyBytes = 8 * 1024 * 1024;

/** What the API is made with. */
export interface ApiOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  /** Finds and authorises queues for who signed the request. */
  contextOf: (principal: Principal) => Omit<ActionContext, "signal">;
}

/**
 * SQS's JSON 1.0 API.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html
 */
export function sqsApi(options: ApiOptions): RequestListener {
  return (request, response) => {
    const gone = new AbortController();
    response.on("close", () => {
      gone.abort();
    });
    perform(request, options, gone.signal).then(
      (output) => {
        respond(response, 200, output);
      },
      (error: unknown) => {
        if (isQueryProtocol(request)) {
          respondInXml(response, error);
        } else {
          respondWithError(response, error);
        }
      },
    );
  };
}

async function perform(
  request: IncomingMessage,
  { authenticator, faultPoint, contextOf }: ApiOptions,
  signal: AbortSignal,
): Promise<object> {
  const body = await readBody(request, maxBodyBytes);
  if (!body) {
    throw new AwsError("RequestEntityTooLarge", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, "sqs", {
    code: "MissingAuthenticationToken",
    statusCode: 403,
  });
  const { name, action } = actionOf(request, body);
  return faultPoint(name, request, () =>
    action(parseJson(body.toString()), { ...contextOf(principal), signal }),
  );
}

function actionOf(request: IncomingMessage, body: Buffer): { name: string; action: Action } {
  if (isQueryProtocol(request)) {
    const name = new URLSearchParams(body.toString()).get("Action") ?? "requests";
    throw notEmulated(`${name} of SQS in the query protocol, which SDKs have left for JSON`);
  }
  const target = String(request.headers["x-amz-target"]);
  const name = target.replace(/^AmazonSQS\./, "");
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (request.method !== "POST" || name === target || !action) {
    throw notEmulated(`${name} of SQS`);
  }
  return { name, action };
}

/** The protocol of SDKs before 2023, which names its action in the body. */
function isQueryProtocol({ headers }: IncomingMessage): boolean {
  return headers["x-amz-target"] === undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("SerializationException", String(error));
  }
}

function respondInXml(response: ServerResponse, error: unknown): void {
  const requestId = randomUUID();
  const { status, xml } = queryError(error, queryNamespace, requestId);
  response.writeHead(status, { "content-type": "text/xml", "x-amzn-requestid": requestId });
  response.end(xml);
}

function respondWithError(response: ServerResponse, error: unknown): void {
  const { code, message, statusCode } = error instanceof AwsError ? error : refusals.error();
  const queryCode = queryCodes[code] ?? code;
  response.setHeader(
    "x-amzn-query-error",
    `${queryCode};${statusCode < 500 ? "Sender" : "Receiver"}`,
  );
  respond(response, statusCode, { __type: `com.amazonaws.sqs#${code}`, message });
}

function respond(response: ServerResponse, statusCode: number, output: object): void {
  response.writeHead(statusCode, {
    "content-type": "application/x-amz-json-1.0",
    "x-amzn-requestid": randomUUID(),
  });
  response.end(JSON.stringify(output));
}
