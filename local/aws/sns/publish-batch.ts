import { z } from "zod";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { repeated } from "../repeated";
import type { OperationContext } from "./operation-context";
import { publishRequestOf } from "./publish-input";
import { maxMessageBytes, sizeOf, validatePublish, type PublishRequest } from "./publish-request";
import { requireTopicArn } from "./topic-arn";

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const maxEntries = 10;
const maxIdLength = 80;

const entry = z.looseObject({ Id: z.string() });
const batchInput = z.object({
  TopicArn: z.string(),
  // SDKs write an empty list as an empty text.
  PublishBatchRequestEntries: z.preprocess(
    (list) => (list === "" ? [] : (list ?? [])),
    z.array(entry),
  ),
});

/**
 * PublishBatch: up to ten messages to a topic. What SNS does not take of one message it does not take of all;
 * `Failed` tells of failures of its own, of which there are none here.
 *
 * @throws AwsError `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`,
 * `BatchEntryIdsNotDistinct`, `BatchRequestTooLong`, and what Publish answers.
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
  // All are read before any is published: of a request that is refused there is nothing to undo.
  const messages = entries.map(({ Id, ...message }, index) => {
    const place = `publishBatchRequestEntries.${index + 1}.member.`;
    const request = publishRequestOf({ TopicArn, ...message }, account, place);
    return { Id, request: { ...request, principal: caller.principal } };
  });
  const requests = messages.map(({ request }) => request);
  requireFitting(requests);
  requests.forEach(validatePublish);
  const Successful: Structure[] = [];
  for (const { Id, request } of messages) {
    const { messageId } = await publish(request);
    Successful.push({ Id, MessageId: messageId });
  }
  return { Successful, Failed: [] };
};

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
  if (repeated(entries.map(({ Id }) => Id)) !== undefined) {
    throw new AwsError(
      "BatchEntryIdsNotDistinct",
      "Two or more batch entries in the request have the same Id.",
    );
  }
  for (const { Id } of entries) {
    if (Id.length > maxIdLength) {
      throw invalidId(`is too long: ${Id}`);
    }
    if (!/^[\w-]+$/.test(Id)) {
      throw invalidId(`contains an impermissible character: ${Id}`);
    }
  }
}

function invalidId(why: string): AwsError {
  return new AwsError("InvalidBatchEntryId", `The Id of a batch entry in the batch request ${why}`);
}

function requireFitting(requests: readonly PublishRequest[]): void {
  const bytes = requests.reduce((sum, request) => sum + sizeOf(request), 0);
  if (bytes > maxMessageBytes) {
    throw new AwsError(
      "BatchRequestTooLong",
      "The length of all the messages put together is more than the limit.",
    );
  }
}
