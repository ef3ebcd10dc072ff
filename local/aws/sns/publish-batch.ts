import { z } from "zod";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { repeated } from "../repeated";
import type { OperationContext } from "./operation-context";
import { publishRequestOf } from "./publish-input";
import { maxMessageBytes, sizeOf, type PublishRequest } from "./publish-request";
import { requireTopicArn } from "./topic-arn";

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const maxEntries = 10;

const entry = z.looseObject({ Id: z.string() });
const batchInput = z.object({
  TopicArn: z.string(),
  // SDKs write an empty list as an empty text.
  PublishBatchRequestEntries: z.preprocess(
    (list) => (list === "" ? [] : (list ?? [])),
    z.array(entry),
  ),
});

/** What is wrong with one message keeps no other from being published. */
const faultsOfMessages = new Set(["InvalidParameter", "ParameterValueInvalid"]);

/**
 * PublishBatch: up to ten messages to a topic, each of which may fail alone.
 *
 * @throws AwsError `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`,
 * `BatchEntryIdsNotDistinct`, `BatchRequestTooLong`, and what Publish answers of the topic.
 */
export const publishBatch: Operation<OperationContext> = async (
  input,
  { account, caller, publish },
) => {
  const { TopicArn, PublishBatchRequestEntries: entries } = parseInput(
    batchInput,
    input,
    "InvalidParameter",
  );
  requireTopicArn(TopicArn, "TopicArn", account);
  requireValidIds(entries);
  // All are read before any is published: of a request that is refused as a whole there is nothing to undo.
  const messages = await Promise.all(
    entries.map(async ({ Id, ...message }) => {
      const request = await unlessFaulty(() => publishRequestOf({ TopicArn, ...message }, account));
      return { Id, request };
    }),
  );
  requireFitting(messages.flatMap(({ request }) => (request instanceof AwsError ? [] : request)));
  const Successful: Structure[] = [];
  const Failed: Structure[] = [];
  for (const { Id, request } of messages) {
    const published =
      request instanceof AwsError
        ? request
        : await unlessFaulty(() => publish({ ...request, principal: caller.principal }));
    if (published instanceof AwsError) {
      const { code, message } = published;
      Failed.push({ Id, Code: code, Message: message, SenderFault: true });
    } else {
      Successful.push({ Id, MessageId: published.messageId });
    }
  }
  return { Successful, Failed };
};

/** What `act` gives, or what is wrong with the one message that it is about. */
async function unlessFaulty<Result>(
  act: () => Result | Promise<Result>,
): Promise<Result | AwsError> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AwsError && faultsOfMessages.has(error.code)) {
      return error;
    }
    throw error;
  }
}

function requireValidIds(entries: readonly { Id: string }[]): void {
  if (entries.length === 0) {
    throw new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  }
  if (entries.length > maxEntries) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      "The batch request contains more entries than permissible.",
    );
  }
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) {
    throw new AwsError(
      "InvalidBatchEntryId",
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  }
  if (repeated(entries.map(({ Id }) => Id)) !== undefined) {
    throw new AwsError(
      "BatchEntryIdsNotDistinct",
      "Two or more batch entries in the request have the same Id.",
    );
  }
}

function requireFitting(requests: readonly Omit<PublishRequest, "principal">[]): void {
  const bytes = requests.reduce((sum, request) => sum + sizeOf(request), 0);
  if (bytes > maxMessageBytes) {
    throw new AwsError(
      "BatchRequestTooLong",
      "The length of all the batch messages put together is more than the limit.",
    );
  }
}
