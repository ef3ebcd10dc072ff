import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AwsError } from "../aws-error";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { describeKey } from "./describe-key";
import { generateMac, verifyMac } from "./mac";
import type { Operation, OperationContext } from "./operation";

/** Encryption, data keys and the control plane are not emulated over HTTP. */
const operations: Readonly<Record<string, Operation>> = {
  DescribeKey: describeKey,
  GenerateMac: generateMac,
  VerifyMac: verifyMac,
};

/** More than any request that is within the API's own limits. */
const maxBodyBytes = 1024 * 1024;

/**
 * KMS's JSON 1.1 API.
 *
 * @param contextOf what an operation works with, for who signed the request.
 */
export function kmsApi(
  authenticator: Authenticator,
  contextOf: (principal: Principal) => OperationContext,
): RequestListener {
  return (request, response) => {
    perform(request, authenticator, contextOf).then(
      (output) => {
        respond(response, 200, output);
      },
      (error: unknown) => {
        const { code, message, statusCode } =
          error instanceof AwsError
            ? error
            : new AwsError("KMSInternalException", "Internal failure", 500);
        respond(response, statusCode, { __type: code, message });
      },
    );
  };
}

async function perform(
  request: IncomingMessage,
  authenticator: Authenticator,
  contextOf: (principal: Principal) => OperationContext,
): Promise<object> {
  const body = await readBody(request, maxBodyBytes);
  if (!body) {
    throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, "kms");
  return operationOf(request)(parseJson(body.toString()), contextOf(principal));
}

function operationOf(request: IncomingMessage): Operation {
  const target = String(request.headers["x-amz-target"] ?? "");
  const name = target.replace(/^TrentService\./, "");
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (request.method !== "POST" || name === target || !operation) {
    throw new AwsError("UnknownOperationException", `"${target}" is not emulated.`, 501);
  }
  return operation;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("SerializationException", String(error));
  }
}

function respond(response: ServerResponse, statusCode: number, output: object): void {
  response.writeHead(statusCode, {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": randomUUID(),
  });
  response.end(JSON.stringify(output));
}
