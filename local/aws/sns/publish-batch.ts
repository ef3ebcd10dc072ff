import { z } from "zod";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { repeated } from "../repeated";
import type { OperationContext } from "./operation-context";
import { publishRequestOf } from "./publish-input";

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const maxEntries = 10;
const maxBatchBytes = 262_144;

const entry = z.looseObject({ Id: z.string(), Message: z.string().default("") });
const batchInput = z.object({
  TopicArn: z.string(),
  // SDKs write an empty list as an empty text.
  PublishBatchRequestEntries: z.preprocess(
    (list) => (list === "" ? [] : (list ?? [])),
    z.array(entry),
  ),
});

type Entries = z.infer<typeof batchInput>["PublishBatchRequestEntries"];

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
  requireValid(entries);
  const Successful: Structure[] = [];
  const Failed: Structure[] = [];
  for (const { Id, ...message } of entries) {
    try {
      const request = publishRequestOf({ TopicArn, ...message }, account);
      const { messageId } = await publish({ ...request, principal: caller.principal });
      Successful.push({ Id, MessageId: messageId });
    } catch (error) {
      if (!(error instanceof AwsError) || !faultsOfMessages.has(error.code)) {
        throw error;
      }
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};

function requireValid(entries: Entries): void {
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
  const bytes = entries.reduce((sum, { Message }) => sum + Buffer.byteLength(Message), 0);
  if (bytes > maxBatchBytes) {
    throw new AwsError(
      "BatchRequestTooLong",
      "The length of all the batch messages put together is more than the limit.",
    );
  }
}
