import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { TooLargeError } from "../http/errors";
import { parseExactly, toJson } from "../http/json";
import { maxDocumentBytes } from "../http/schemas";
import { ResultsBucket } from "./results-bucket";

/** What a client posted. */
export interface ProcessDataInput {
  id: string;
  /** All fields, `id` included. */
  posted: object;
  /** Whose record is to be merged, if not anybody's. */
  userId?: string;
}

/** What processing needs. */
export interface ProcessDataDeps {
  dynamoDb: DynamoDBDocumentClient;
  recordsTable: string;
  results: ResultsBucket;
  /** Of the distribution in front of the results bucket, without a slash at the end. */
  cdnUrl: string;
}

/** The result, and where it is. */
export interface ProcessDataOutput {
  s3Key: string;
  url: string;
  processedData: unknown;
}

/**
 * Merges, and stores the result under an id. If that is taken, an earlier attempt at this request
 * stored its result there, and that is the answer.
 *
 * @throws ApiError 413 `ResultTooLarge`.
 */
export async function processData(
  { id, posted, userId }: ProcessDataInput,
  resultId: string,
  deps: ProcessDataDeps,
): Promise<ProcessDataOutput> {
  const found = await readRecord(id, deps);
  const record = userId === undefined || found?.userId === userId ? found : undefined;
  const merged = { ...record, ...posted, processedAt: new Date().toISOString() };
  const json = toJson(merged);
  if (Buffer.byteLength(json) > maxDocumentBytes) {
    throw new TooLargeError("result", maxDocumentBytes);
  }
  const s3Key = `results/${resultId}.json`;
  const isStored = await deps.results.add(s3Key, json);
  const processedData = isStored ? merged : parseExactly(await deps.results.read(s3Key));
  return { s3Key, url: `${deps.cdnUrl}/${s3Key}`, processedData };
}

async function readRecord(
  id: string,
  { dynamoDb, recordsTable }: ProcessDataDeps,
): Promise<Record<string, unknown> | undefined> {
  // Eventually consistent: at five read units that makes ten reads a second, which is what the
  // usage plan lets in; consistent reads would be throttled at half of it.
  const { Item } = await dynamoDb.send(new GetCommand({ TableName: recordsTable, Key: { id } }));
  return Item;
}
