import type { Structure } from "../../api/output";
import { AwsError } from "../../aws-error";
import { queryCodes } from "../sqs-error";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html */
const maxEntries = 10;

/**
 * @param type of the entries, as SQS calls it.
 * @throws AwsError `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`,
 * `BatchEntryIdsNotDistinct`.
 */
export function requireValidBatch(entries: readonly { Id: string }[], type: string): void {
  if (entries.length === 0) {
    throw new AwsError("EmptyBatchRequest", `There should be at least one ${type} in the request.`);
  }
  if (entries.length > maxEntries) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw new AwsError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    }
    if (ids.has(Id)) {
      throw new AwsError("BatchEntryIdsNotDistinct", `Id ${Id} repeated.`);
    }
    ids.add(Id);
  }
}

/** Acts on each entry; one that fails does not keep the others from succeeding. */
export function runBatch<Entry extends { Id: string }>(
  entries: readonly Entry[],
  act: (entry: Entry) => Structure,
): { Successful: Structure[]; Failed?: Structure[] } {
  const Successful: Structure[] = [];
  const Failed: Structure[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      const Code = queryCodes[error.code] ?? error.code;
      Failed.push({ Id: entry.Id, SenderFault: true, Code, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length > 0 && { Failed }) };
}
