import { z } from "zod";
import { invalidParameter } from "./require-input";

/*
 * What PutLogEvents takes at once.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */

const hourMs = 60 * 60 * 1000;
const maxSpanMs = 24 * hourMs;
const maxFutureMs = 2 * hourMs;
const maxPastMs = 14 * 24 * hourMs;
const maxBytes = 1_048_576;
/** What each event counts beside its message. */
const eventBytes = 26;

/** A batch, as a client sends it. Times are in milliseconds since 1970. */
export const eventBatch = z
  .array(z.object({ timestamp: z.int().min(0), message: z.string().min(1) }))
  .min(1)
  .max(10_000);

export type EventBatch = z.infer<typeof eventBatch>;

/** The events of a batch that are taken, and which are not, by their indexes. */
export interface Sorted {
  taken: EventBatch;
  rejected?: {
    tooNewLogEventStartIndex?: number;
    tooOldLogEventEndIndex?: number;
    expiredLogEventEndIndex?: number;
  };
}

/** @throws AwsError `InvalidParameterException` for a batch of which nothing is taken. */
export function requireBatch(batch: EventBatch): void {
  const bytes = batch.reduce(
    (sum, { message }) => sum + Buffer.byteLength(message) + eventBytes,
    0,
  );
  if (bytes > maxBytes) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${maxBytes}`);
  }
  if (batch.some(({ timestamp }, index) => timestamp < (batch[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter(
      "Log events in a single PutLogEvents request must be in chronological order.",
    );
  }
  if ((batch.at(-1)?.timestamp ?? 0) - (batch[0]?.timestamp ?? 0) > maxSpanMs) {
    throw invalidParameter(
      "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    );
  }
}

/**
 * Leaves out what is from too long ago, or from the future.
 *
 * @param retentionInDays of the group. Default: for ever.
 */
export function sortOut(batch: EventBatch, now: Date, retentionInDays?: number): Sorted {
  const keptFrom = now.getTime() - (retentionInDays ?? Number.POSITIVE_INFINITY) * 24 * hourMs;
  const oldest = now.getTime() - maxPastMs;
  const newest = now.getTime() + maxFutureMs;
  const [tooOld, expired] = [oldest, keptFrom].map(
    (from) => batch.filter(({ timestamp }) => timestamp < from).length,
  );
  const tooNew = batch.findIndex(({ timestamp }) => timestamp > newest);
  const rejected = {
    ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld && { tooOldLogEventEndIndex: tooOld }),
    ...(expired && { expiredLogEventEndIndex: expired }),
  };
  const from = Math.max(oldest, keptFrom);
  return {
    taken: batch.filter(({ timestamp }) => timestamp >= from && timestamp <= newest),
    ...(Object.keys(rejected).length > 0 && { rejected }),
  };
}
