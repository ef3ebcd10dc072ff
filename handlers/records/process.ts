import { TooLargeError } from "../http/errors";
import { userId as userIdSchema } from "../http/image-fields";
import { parseExactly } from "../http/json";
import { maxDocumentBytes } from "../http/schemas";
import type { Fields } from "./document";
import type { Records } from "./records";
import type { Results } from "./results";
import type { ResultsBucket } from "./results-bucket";

/** What a client posted. */
export interface ProcessDataInput {
  id: string;
  /** All fields, `id` included. */
  posted: Fields;
  /** Whose record is to be merged, if not anybody's, and whose the result is. */
  userId?: string;
}

/** What processing needs. */
export interface ProcessDataDeps {
  records: Records;
  bucket: ResultsBucket;
  results: Results;
  /** Of the distribution in front of the results bucket, without a slash at the end. */
  cdnUrl: string;
}

/** The result, and where it is. */
export interface ProcessDataOutput {
  s3Key: string;
  url: string;
  processedData: unknown;
  /** Whether it was stored now, and not by an earlier attempt. */
  isNew: boolean;
  /** Whether there was a record to merge. */
  isMerged: boolean;
}

/** What processing makes of a record and what was posted. */
type Processed = Fields & { processedAt: string };

/**
 * Merges, and stores the result under an id. If that is taken, an earlier attempt at this request
 * stored its result there, and that is the answer. Once this returns, the result is listed, too: an
 * attempt that could not do that has failed, and the next one under the same id does it.
 *
 * @throws ApiError 413 `ResultTooLarge`.
 */
export async function processData(
  { id, posted, userId }: ProcessDataInput,
  resultId: string,
  deps: ProcessDataDeps,
): Promise<ProcessDataOutput> {
  const found = (await deps.records.read(id))?.fields;
  const record = userId === undefined || found?.userId === userId ? found : undefined;
  const merged = { ...record, ...posted, processedAt: new Date().toISOString() };
  const json = JSON.stringify(merged);
  if (Buffer.byteLength(json) > maxDocumentBytes) {
    throw new TooLargeError("result", maxDocumentBytes);
  }
  const s3Key = `results/${resultId}.json`;
  const stored = (await deps.bucket.add(s3Key, json)) ? json : await deps.bucket.read(s3Key);
  const isNew = stored === json;
  const processedData = isNew ? merged : (parseExactly(stored) as Processed);
  await deps.results.add({
    resultId,
    id,
    s3Key,
    timestamp: processedData.processedAt,
    bytes: Buffer.byteLength(stored),
    ...ownerOf(processedData, userId),
  });
  const url = `${deps.cdnUrl}/${s3Key}`;
  return { s3Key, url, processedData, isNew, isMerged: record !== undefined };
}

/** A result is the user's who posted. Of whoever works for all users, it is whose the data says. */
function ownerOf(processedData: Processed, userId: string | undefined): { userId?: string } {
  const named = userId ?? userIdSchema.safeParse(processedData.userId).data;
  return named === undefined ? {} : { userId: named };
}
