import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { crc32 } from "node:zlib";

import { AwsError } from "../aws-error";
import type { FaultPoint } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { conflict } from "./conflicts";
import { DetailedError } from "./errors";
import type { OperationInput } from "./operation-input";
import { parseOperation } from "./operations";
import { refusals } from "./refusals";
import { withOwnNames, withSafeNames } from "./safe-names";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const maxRequestBytes = 16 * 1024 * 1024;

/** Performs an operation for a caller whose signature was checked, and returns its output. */
export type Perform = (
  principal: Principal,
  operation: string,
  input: OperationInput,
) => Promise<object>;

/** What the API is made with. */
export interface ApiOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  perform: Perform;
  /** Is told of requests that are throttled. */
  onThrottle: (operation: string, input: OperationInput) => void;
}

/** DynamoDB's JSON 1.0 API. */
export function dynamoDbApi(options: ApiOptions): RequestListener {
  return (request, response) => {
    answer(request, options).then(
      ({ operation, output }) => {
        respond(response, 200, silent.has(operation) ? undefined : output);
      },
      (error: unknown) => {
        if (!(error instanceof AwsError)) {
          options.notify(`DynamoDB failed: ${String(error)}`);
        }
        respondError(response, error instanceof AwsError ? error : refusals.error());
      },
    );
  };
}

/** Operations that are answered with nothing at all. */
const silent: ReadonlySet<string> = new Set(["TagResource", "UntagResource"]);

/** What requests are refused with that are throttled. */
const throttled = refusals.throttle().code;

async function answer(
  request: IncomingMessage,
  { authenticator, faultPoint, perform, onThrottle }: ApiOptions,
): Promise<{ operation: string; output: object }> {
  const body = await readBody(request, maxRequestBytes);
  if (body === undefined) {
    throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, "dynamodb");
  const target = request.method === "POST" ? String(request.headers["x-amz-target"]) : "";
  const { operation, input } = parseOperation(target, withSafeNames(body.toString()));
  try {
    const output = await faultPoint(
      operation,
      request,
      () => perform(principal, operation, input),
      (moment) => conflict(input, moment),
    );
    return { operation, output };
  } catch (error) {
    if (error instanceof AwsError && error.code === throttled) {
      onThrottle(operation, input);
    }
    throw error;
  }
}

/** Errors that tell more than a message have it under another name. */
function respondError(response: ServerResponse, error: AwsError): void {
  respond(response, error.statusCode, {
    __type: `com.amazonaws.dynamodb.v20120810#${error.code}`,
    ...(error instanceof DetailedError
      ? { ...error.members, Message: error.message }
      : { message: error.message }),
  });
}

/** @param document none for an empty body. */
function respond(response: ServerResponse, statusCode: number, document: object | undefined): void {
  const body = document ? withOwnNames(JSON.stringify(document)) : "";
  response.writeHead(statusCode, {
    "content-type": "application/x-amz-json-1.0",
    "content-length": Buffer.byteLength(body),
    "x-amz-crc32": String(crc32(body)),
    "x-amzn-requestid": randomUUID(),
  });
  response.end(body);
}
