import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AwsError } from "./aws-error";
import type { FaultPoint, Refusals } from "./fault-point";
import { readBody } from "./http";
import { signerOf } from "./iam/signer-of";
import type { Authenticator, Principal } from "./iam/types";
import { notEmulated } from "./not-emulated";

/** More than any request that is within the limits of the services that speak so. */
const maxBodyBytes = 1024 * 1024;

/** A service whose API is AWS's JSON 1.1. */
export interface JsonApiOptions<Context> {
  /** As it is called where it refuses something, such as `KMS`. */
  title: string;
  /** As requests are signed for it, such as `kms`. */
  service: string;
  /** What stands before the operation in `X-Amz-Target`, such as `TrentService`. */
  target: string;
  /** The operations that are emulated, each from the parsed body to the answer. */
  operations: Readonly<Record<string, (input: unknown, context: Context) => object>>;
  refusals: Refusals;
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  /** What an operation works with, for who signed the request. */
  contextOf: (principal: Principal) => Context;
}

/**
 * An API in JSON 1.1; what is not emulated is answered with 501.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function jsonApi<Context>(options: JsonApiOptions<Context>): RequestListener {
  return (request, response) => {
    perform(request, options).then(
      (output) => {
        respond(response, 200, output);
      },
      (error: unknown) => {
        const failure = error instanceof AwsError ? error : options.refusals.error();
        const { code, message, statusCode } = failure;
        respond(response, statusCode, { __type: code, message });
      },
    );
  };
}

async function perform<Context>(
  request: IncomingMessage,
  options: JsonApiOptions<Context>,
): Promise<object> {
  const { authenticator, faultPoint, service, contextOf } = options;
  const body = await readBody(request, maxBodyBytes);
  if (!body) {
    throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, service);
  const { name, operation } = operationOf(request, options);
  return faultPoint(name, request, () =>
    operation(parseJson(body.toString()), contextOf(principal)),
  );
}

function operationOf<Context>(
  request: IncomingMessage,
  { title, target, operations }: JsonApiOptions<Context>,
) {
  const asked = String(request.headers["x-amz-target"] ?? "");
  const isTargeted = asked.startsWith(`${target}.`);
  const name = isTargeted ? asked.slice(target.length + 1) : asked;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (request.method !== "POST" || !isTargeted || !operation) {
    throw notEmulated(`${name || "requests without an operation"} of ${title}`);
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
