import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { z } from "zod";
import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import type { ApiAccess } from "../api/api-access";
import { decoded } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { signerOf } from "../iam/signer-of";
import type { Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { parseInput } from "../parse-input";
import type { Account, InvokeRequest } from "../types";
import { askedReference, nameShapes, qualified } from "./function-name";
import { errorDocument } from "./error-document";
import type { LambdaResult } from "./function-response";
import { receivePayload } from "./receive-payload";

/** What the API needs of Lambda. */
export interface Invoker {
  authorize(request: Pick<InvokeRequest, "functionName" | "principal">): void;
  invoke(request: InvokeRequest): Promise<LambdaResult>;
}

const choices = z.object({
  invocationType: z.enum(["Event", "RequestResponse", "DryRun"]).default("RequestResponse"),
  logType: z.enum(["None", "Tail"]).default("None"),
});

interface Call {
  request: IncomingMessage;
  functionName: string;
  body: Buffer;
  principal: Principal;
}

/**
 * The Invoke operation of Lambda's REST API, signed as AWS wants it. All others answer 501.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function invokeApi(
  lambda: Invoker,
  access: Pick<ApiAccess, "account" | "authenticator" | "recorder">,
): RequestListener {
  const { recorder } = access;
  return (request, response) => {
    const serve = () => handle(lambda, access, request, response);
    const traceId = request.headers["x-amzn-trace-id"];
    const call = { service: "lambda", operation: "Invoke", traceId };
    (recorder ? recorder.call(call, serve) : serve()).catch((error: unknown) => {
      respondWithError(response, error);
    });
  };
}

async function handle(
  lambda: Invoker,
  { account, authenticator }: Pick<ApiAccess, "account" | "authenticator">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await receivePayload(request);
  const principal = signerOf(authenticator, request, body, "lambda", {
    code: "MissingAuthenticationTokenException",
    statusCode: 403,
  });
  const call = { request, functionName: functionNameIn(request, account), body, principal };
  const { invocationType } = parseInput(choices, {
    invocationType: header(request, "x-amz-invocation-type"),
    logType: header(request, "x-amz-log-type"),
  });
  const clientContext = clientContextOf(request);
  if (invocationType === "DryRun") {
    lambda.authorize(call);
    response.writeHead(204, { "x-amzn-requestid": randomUUID() }).end();
    return;
  }
  const { functionName } = call;
  const payload = textOf(body);
  const invocation = { functionName, principal, payload, clientContext, invocationType };
  respond(call, response, await lambda.invoke(invocation));
}

/**
 * JSON has to be in UTF-8.
 *
 * @throws AwsError `InvalidRequestContentException`.
 */
function textOf(body: Buffer): string {
  if (!isUtf8(body)) {
    throw new AwsError(
      "InvalidRequestContentException",
      "Could not parse request body into json: Could not parse payload into json: Invalid UTF-8",
    );
  }
  return body.toString();
}

/**
 * What a client tells of itself, as JSON text.
 *
 * @throws AwsError `InvalidRequestContentException`.
 */
function clientContextOf(request: IncomingMessage): string | undefined {
  const encoded = header(request, "x-amz-client-context");
  if (encoded === undefined) {
    return undefined;
  }
  const text = Buffer.from(encoded, "base64").toString();
  if (!isObject(parseJson(text))) {
    throw new AwsError(
      "InvalidRequestContentException",
      "Client context must be a valid Base64-encoded JSON object.",
    );
  }
  return text;
}

/** @throws AwsError as {@link askedReference}. */
function functionNameIn(request: IncomingMessage, account: Account): string {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const [, label] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (request.method !== "POST" || label === undefined) {
    throw notEmulated(`${request.method ?? ""} ${pathname} of Lambda: it has Invoke alone`);
  }
  const { name, qualifier } = askedReference(
    {
      reference: decoded(label),
      shape: nameShapes.namespaced,
      qualifier: searchParams.get("Qualifier") ?? undefined,
    },
    account,
  );
  return qualified(name, qualifier);
}

function respond(call: Call, response: ServerResponse, result: LambdaResult): void {
  const wantsTail = header(call.request, "x-amz-log-type") === "Tail" && result.statusCode === 200;
  response.writeHead(result.statusCode, {
    "content-type": "application/json",
    "x-amzn-requestid": result.requestId,
    ...(result.executedVersion !== undefined && {
      "x-amz-executed-version": result.executedVersion,
    }),
    ...(result.functionError !== undefined && { "x-amz-function-error": result.functionError }),
    ...(wantsTail && { "x-amz-log-result": Buffer.from(result.logTail).toString("base64") }),
  });
  response.end(result.payload);
}

function respondWithError(response: ServerResponse, error: unknown): void {
  const failure =
    error instanceof AwsError
      ? error
      : new AwsError("ServiceException", `Internal failure: ${String(error)}`, 500);
  response.writeHead(failure.statusCode, {
    "content-type": "application/json",
    "x-amzn-errortype": failure.code,
    "x-amzn-requestid": randomUUID(),
  });
  response.end(JSON.stringify(errorDocument(failure)));
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
