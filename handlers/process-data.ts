import { Logger } from "@aws-lambda-powertools/logger";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { v7 as uuidV7 } from "uuid";
import { type ApiHandler, createApiHandler } from "./shared/api-handler";
import { createDynamoDb, createS3 } from "./shared/clients";
import { InvalidRequestError, TooLargeError } from "./shared/errors";
import {
  isNestedDeeperThan,
  maxPayloadBytes,
  parseExactly,
  payloadBytes,
  toJson,
} from "./shared/json";
import { readJson, readQuery, validate } from "./shared/request";
import { jsonResponse } from "./shared/responses";
import { NoQuery, ProcessBody } from "./shared/schemas";
import { setting } from "./shared/settings";

/** Levels of objects and arrays in a body; far deeper ones overflow the stack when written. */
const maxNesting = 100;

/** What a client posted. */
export interface ProcessDataInput {
  id: string;
  /** All fields, `id` included. */
  posted: object;
}

/** What processing needs. */
export interface ProcessDataDeps {
  dynamoDb: DynamoDBDocumentClient;
  recordsTable: string;
  s3: S3Client;
  resultsBucket: string;
  /** Of the distribution in front of the results bucket, without a slash at the end. */
  cdnUrl: string;
}

/** The result, and where it is. */
export interface ProcessDataOutput {
  s3Key: string;
  url: string;
  processedData: object;
}

/** POST /process: merges posted fields over the record of that id and stores the result. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps: ProcessDataDeps = {
    // Numbers of a record keep their digits: DynamoDB holds 38, JavaScript 15.
    dynamoDb: createDynamoDb((text) => JSON.rawJSON(text)),
    recordsTable: setting(settings, "RECORDS_TABLE"),
    s3: createS3(),
    resultsBucket: setting(settings, "RESULTS_BUCKET"),
    cdnUrl: setting(settings, "CDN_URL"),
  };
  return createApiHandler(new Logger(), {
    parse,
    act: (input) => processData(input, deps),
    respond: (output) => jsonResponse(200, { message: "The data was processed.", ...output }),
  });
}

function parse(event: APIGatewayProxyEvent): ProcessDataInput {
  readQuery(event, NoQuery);
  const posted = readJson(event, parseExactly);
  const { id } = validate(ProcessBody, posted);
  if (isNestedDeeperThan(maxNesting, posted)) {
    throw new InvalidRequestError([
      { field: "body", problem: `must not be nested more than ${maxNesting} levels deep` },
    ]);
  }
  // Not what the schema returns: it leaves out a member that is called "__proto__".
  return { id, posted: posted as object };
}

/** @throws ApiError 413 `ResultTooLarge`. */
export async function processData(
  { id, posted }: ProcessDataInput,
  deps: ProcessDataDeps,
): Promise<ProcessDataOutput> {
  const record = await readRecord(id, deps);
  const processedData = { ...record, ...posted, processedAt: new Date().toISOString() };
  const json = toJson(processedData);
  if (payloadBytes(json) > maxPayloadBytes) {
    throw new TooLargeError("ResultTooLarge", "The processed data", maxPayloadBytes);
  }
  const s3Key = await storeResult(json, deps);
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

/** Object Lock demands a checksum of what it protects; the SDK sends a CRC32 by default. */
async function storeResult(json: string, { s3, resultsBucket }: ProcessDataDeps): Promise<string> {
  // Version 7 identifiers sort by time, and so do the results in a listing.
  const s3Key = `results/${uuidV7()}.json`;
  await s3.send(
    new PutObjectCommand({
      Bucket: resultsBucket,
      Key: s3Key,
      Body: json,
      ContentType: "application/json",
    }),
  );
  return s3Key;
}
