import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { AwsError } from "../aws-error";
import type { FaultPoint } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import type { PublishRequest } from "./publish-request";
import { errorReply, publishReply } from "./query-protocol";
import type { QueryReply } from "./query-protocol";

/** Room for a message of 256 KB, percent-encoded. */
const maxBodyBytes = 1024 * 1024;
/** The operations that are emulated. */
export const operationNames: readonly string[] = ["Publish"];
const unsupportedParameters = ["PhoneNumber", "MessageGroupId", "MessageDeduplicationId"];

export interface EndpointOptions {
  authenticator: Authenticator;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  publish: (request: PublishRequest) => Promise<{ messageId: string }>;
}

/** The HTTP endpoint for SDKs: Publish, by the AWS query protocol, signed by SigV4. */
export function createEndpoint(options: EndpointOptions): Server {
  return createServer((request, response) => {
    void answer(options, request).then((reply) => {
      send(response, reply);
    });
  });
}

async function answer(options: EndpointOptions, request: IncomingMessage): Promise<QueryReply> {
  try {
    const body = await readBody(request, maxBodyBytes);
    if (body === undefined) {
      throw new AwsError("RequestEntityTooLarge", "The request is too long", 413);
    }
    const principal = signerOf(options.authenticator, request, body, "sns", {
      code: "MissingAuthenticationToken",
      statusCode: 403,
    });
    const parameters = new URLSearchParams(body.toString("utf8"));
    const action = parameters.get("Action") ?? "";
    if (!operationNames.includes(action)) {
      throw notEmulated(`${action} of SNS`);
    }
    const { messageId } = await options.faultPoint(action, request, () =>
      options.publish(publishRequest(parameters, principal)),
    );
    return publishReply(messageId);
  } catch (error) {
    if (!(error instanceof AwsError)) {
      options.notify(`SNS failed: ${String(error)}`);
    }
    return errorReply(error);
  }
}

function publishRequest(parameters: URLSearchParams, principal: Principal): PublishRequest {
  for (const parameter of unsupportedParameters) {
    if (parameters.has(parameter)) {
      throw notEmulated(`the parameter ${parameter} of Publish`);
    }
  }
  return {
    topicArn: parameters.get("TopicArn") ?? parameters.get("TargetArn") ?? "",
    message: parameters.get("Message") ?? "",
    subject: parameters.get("Subject") ?? undefined,
    messageStructure: parameters.get("MessageStructure") ?? undefined,
    principal,
  };
}

function send(response: ServerResponse, { status, requestId, xml }: QueryReply): void {
  response.writeHead(status, { "content-type": "text/xml", "x-amzn-requestid": requestId });
  response.end(xml);
}
