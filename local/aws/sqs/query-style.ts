import type { QueryStyle } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { queryCodes, queryMessages } from "./sqs-error";

type Members = Record<string, unknown>;

/** Lists that the query protocol calls by the name of one item. */
const listNames: Readonly<Record<string, string>> = {
  AttributeName: "AttributeNames",
  ChangeMessageVisibilityBatchRequestEntry: "Entries",
  DeleteMessageBatchRequestEntry: "Entries",
  MessageAttributeName: "MessageAttributeNames",
  MessageSystemAttributeName: "MessageSystemAttributeNames",
  SendMessageBatchRequestEntry: "Entries",
  TagKey: "TagKeys",
};

/** Lists with nothing in them have either name: SDKs have not agreed. */
const lists: ReadonlySet<string> = new Set(Object.values(listNames));

/** Maps that the query protocol has as lists of names and values. */
const mapNames: Readonly<Record<string, string>> = {
  Attribute: "Attributes",
  MessageAttribute: "MessageAttributes",
  MessageSystemAttribute: "MessageSystemAttributes",
  Tag: "Tags",
};

/** SQS in the query protocol. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html */
export const queryStyle: QueryStyle = {
  namespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  codes: queryCodes,
  messages: queryMessages,
  hasDetail: true,
  types: {
    integers: [
      "DelaySeconds",
      "MaxNumberOfMessages",
      "MaxNumberOfMessagesPerSecond",
      "MaxResults",
      "VisibilityTimeout",
      "WaitTimeSeconds",
    ],
  },
  inputOf: (operation, parameters, path) => {
    const { Tags, ...input } = { ...queueAt(path, operation), ...inputOf(parameters) };
    // CreateQueue alone begins the name of its tags with a small letter.
    const name = operation === "CreateQueue" ? "tags" : "Tags";
    return Tags === undefined ? input : { ...input, [name]: Tags };
  },
  flattenedOf: (operation) => ({
    Attributes: { item: "Attribute", key: "Name", value: "Value" },
    Failed: { item: "BatchResultErrorEntry" },
    MessageAttributes: { item: "MessageAttribute", key: "Name", value: "Value" },
    Messages: { item: "Message" },
    queueUrls: { item: "QueueUrl" },
    QueueUrls: { item: "QueueUrl" },
    Results: { item: `${operation}ResultEntry` },
    Successful: { item: `${operation}ResultEntry` },
    Tags: { item: "Tag", key: "Key", value: "Value" },
  }),
};

/** Actions that are about no queue, and so have no place at the URL of one. */
const accountActions: ReadonlySet<string> = new Set(["CreateQueue", "ListQueues"]);

/** Actions that tell of a queue in other parameters. */
const otherwiseNamed: ReadonlySet<string> = new Set([
  "GetQueueUrl",
  "ListMessageMoveTasks",
  "StartMessageMoveTask",
]);

/**
 * The queue that a request is sent to, where it is sent to the URL of one.
 *
 * @throws AwsError `InvalidAction`.
 */
function queueAt(path: string, operation: string): Members {
  if (!/^\/\d{12}\/[^/]+$/.test(path)) {
    return {};
  }
  if (accountActions.has(operation)) {
    const message = `The action ${operation} is not valid for this endpoint.`;
    throw new AwsError("InvalidAction", message);
  }
  return otherwiseNamed.has(operation) ? {} : { QueueUrl: path };
}

function inputOf(parameters: Members): Members {
  const members = Object.entries(parameters).map(([name, value]): [string, unknown] => {
    const list = listNames[name];
    const empty = list ?? name;
    if (value === "" && lists.has(empty)) {
      return [empty, []];
    }
    if (list === "Entries" && Array.isArray(value)) {
      return [list, value.map((entry) => inputOf(entry as Members))];
    }
    const map = mapNames[name];
    return map !== undefined && Array.isArray(value) ? [map, mapOf(value)] : [list ?? name, value];
  });
  return Object.fromEntries(members);
}

function mapOf(items: readonly unknown[]): Members {
  return Object.fromEntries(
    items.map((item) => {
      const { Name, Key = Name, Value } = item as Record<"Key" | "Name" | "Value", unknown>;
      return [String(Key), Value];
    }),
  );
}
