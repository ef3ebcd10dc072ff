import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error";

/** https://docs.aws.amazon.com/sns/latest/api/ */
const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/** An answer of the AWS query protocol. */
export interface QueryReply {
  status: number;
  requestId: string;
  xml: string;
}

/** The document of a message that was published. */
export function publishReply(messageId: string): QueryReply {
  const requestId = randomUUID();
  const result = element("PublishResult", element("MessageId", messageId));
  const metadata = element("ResponseMetadata", element("RequestId", requestId));
  return { status: 200, requestId, xml: document("PublishResponse", result + metadata) };
}

/** The document of a failed action. What is no AwsError stays unsaid. */
export function errorReply(error: unknown): QueryReply {
  const requestId = randomUUID();
  const { code, message, statusCode } =
    error instanceof AwsError ? error : new AwsError("InternalFailure", "Internal failure", 500);
  const type = element("Type", statusCode < 500 ? "Sender" : "Receiver");
  const what = element("Code", code) + element("Message", escape(message));
  const content = element("Error", type + what) + element("RequestId", requestId);
  return { status: statusCode, requestId, xml: document("ErrorResponse", content) };
}

function document(root: string, content: string): string {
  return `<?xml version="1.0"?>\n<${root} xmlns="${namespace}">${content}</${root}>\n`;
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
