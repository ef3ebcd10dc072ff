import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AwsError } from "../aws-error";
import type { FaultPoint, Refusals } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { describeKey } from "./describe-key";
import { generateMac, verifyMac } from "./mac";
import type { Operation, OperationContext } from "./operation";

/** Encryption, data keys and the control plane are not emulated over HTTP. */
const operations: Readonly<Record<string, Operation>> = {
  DescribeKey: describeKey,
  GenerateMac: generateMac,
  VerifyMac: verifyMac,
};

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(operations);

/** https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
export const refusals: Refusals = {
  error: () => new AwsError("KMSInternalException", "Internal failure", 500),
  throttle: () =>
    new AwsError(
      "ThrottlingException",
      "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
    ),
};

/** More than any request that is within the API's own limits. */
const maxBodyBytes = 1024 * 1024;

/** What the API is made with. */
export interface ApiOptions {
  authenticator: Authenticator;
  faultPoint: FaultPoint;
  /** What an operation works with, for who signed the request. */
  contextOf: (principal: Principal) => OperationContext;
}

/** KMS's JSON 1.1 API. */
export function kmsApi(options: ApiOptions): RequestListener {
  return (request, response) => {
    perform(request, options).then(
      (output) => {
        respond(response, 200, output);
      },
      (error: unknown) => {
        const { code, message, statusCode } = error instanceof AwsError ? error : refusals.error();
        respond(response, statusCode, { __type: code, message });
      },
    );
  };
}

async function perform(
  request: IncomingMessage,
  { authenticator, faultPoint, contextOf }: ApiOptions,
): Promise<object> {
  const body = await readBody(request, maxBodyBytes);
  if (!body) {
    throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, "kms");
  const { name, operation } = operationOf(request);
  return faultPoint(name, request, () =>
    operation(parseJson(body.toString()), contextOf(principal)),
  );
}

function operationOf(request: IncomingMessage): { name: string; operation: Operation } {
  const target = String(request.headers["x-amz-target"] ?? "");
  const name = target.replace(/^TrentService\./, "");
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (request.method !== "POST" || name === target || !operation) {
    throw notEmulated(`${name || "requests without an operation"} of KMS`);
  }
  return { name, operation };
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
