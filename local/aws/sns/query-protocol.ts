import { randomUUID } from "node:crypto";
import { element, queryDocument, queryError } from "../query-xml";

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
  const xml = queryDocument("PublishResponse", namespace, result + metadata);
  return { status: 200, requestId, xml };
}

/** The document of a failed action. What is no AwsError stays unsaid. */
export function errorReply(error: unknown): QueryReply {
  const requestId = randomUUID();
  return { requestId, ...queryError(error, namespace, requestId) };
}
