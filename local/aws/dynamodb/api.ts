import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { crc32 } from "node:zlib";

import { AwsError } from "../aws-error";
import type { FaultPoint } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import type { EngineAnswer } from "./engine";
import { parseOperation, type OperationInput } from "./operations";
import { refusals } from "./refusals";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const maxRequestBytes = 16 * 1024 * 1024;

/** Performs an operation for a caller whose signature was checked. */
export type Perform = (
  principal: Principal,
  operation: string,
  input: OperationInput,
) => Promise<EngineAnswer>;

/** What the API is made with. */
export interface ApiOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  perform: Perform;
}

/** DynamoDB's JSON 1.0 API. */
export function dynamoDbApi(options: ApiOptions): RequestListener {
  return (request, response) => {
    answer(request, options).then(
      ({ statusCode, body }) => {
        respond(response, statusCode, body);
      },
      (error: unknown) => {
        const { code, message, statusCode } = error instanceof AwsError ? error : refusals.error();
        const type = `com.amazonaws.dynamodb.v20120810#${code}`;
        respond(response, statusCode, JSON.stringify({ __type: type, message }));
      },
    );
  };
}

async function answer(
  request: IncomingMessage,
  { authenticator, faultPoint, perform }: ApiOptions,
): Promise<EngineAnswer> {
  const body = await readBody(request, maxRequestBytes);
  if (body === undefined) {
    throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, "dynamodb");
  const target = request.method === "POST" ? String(request.headers["x-amz-target"]) : "";
  const { operation, input } = parseOperation(target, body.toString());
  return faultPoint(operation, request, () => perform(principal, operation, input));
}

function respond(response: ServerResponse, statusCode: number, body: string): void {
  response.writeHead(statusCode, {
    "content-type": "application/x-amz-json-1.0",
    "content-length": Buffer.byteLength(body),
    "x-amz-crc32": String(crc32(body)),
    "x-amzn-requestid": randomUUID(),
  });
  response.end(body);
}
