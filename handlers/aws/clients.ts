import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { DynamoDBClient, TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

// The SDK waits for an answer without end. With these limits, an upload that finds either service not
// answering fails, and has tried to clean up, within the 29 s of API Gateway: two calls of S3 take
// 16 s, three of DynamoDB 9 s. What is cut off after that, the sweep finishes.
const s3Attempts = 2;
const s3TimeoutMs = 4000;
const otherAttempts = 3;
const otherTimeoutMs = 1000;
/** Nobody waits for the answer. */
const eventBridgeTimeoutMs = 3000;
/** Its API is in one region for all the world. */
const cloudFrontTimeoutMs = 3000;

function requestHandler(requestTimeout: number) {
  return { connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true };
}

/** How a client for objects waits. */
export interface S3Patience {
  /** How long it waits for an answer, in milliseconds. `@default` 4000 */
  timeoutMs?: number;
  /** How often it asks. `@default` 2 */
  attempts?: number;
}

/** A client for objects, with the region, credentials and endpoint of the environment. */
export function createS3(patience: S3Patience = {}): S3Client {
  const { timeoutMs = s3TimeoutMs, attempts = s3Attempts } = patience;
  return new S3Client({ maxAttempts: attempts, requestHandler: requestHandler(timeoutMs) });
}

/** A client for items whose values name their types, as in `{ S: "text" }`. */
export function createTypedDynamoDb(): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: otherAttempts,
    requestHandler: requestHandler(otherTimeoutMs),
  });
  // Within what repeats calls.
  client.middlewareStack.add((next) => (args) => repeatableConflicts(next(args)), {
    step: "deserialize",
    priority: "high",
  });
  return client;
}

/**
 * Lets the SDK repeat a write of one item that a transaction is in the way of: by itself it does not,
 * though the transaction is over in a moment.
 */
async function repeatableConflicts<Output>(answer: Promise<Output>): Promise<Output> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof TransactionConflictException
      ? Object.assign(error, { $retryable: {} })
      : error;
  }
}

/**
 * A client for items as plain objects.
 *
 * @param client sends the requests.
 */
export function createDynamoDb(client = createTypedDynamoDb()): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, {
    // Else a map that has a member called "constructor" would be taken for a class instance.
    marshallOptions: { convertClassInstanceToMap: true },
  });
}

/** A client for invalidations. */
export function createCloudFront(): CloudFrontClient {
  return new CloudFrontClient({
    maxAttempts: otherAttempts,
    requestHandler: requestHandler(cloudFrontTimeoutMs),
  });
}

/** A client for parameters. */
export function createSsm(): SSMClient {
  return new SSMClient({
    maxAttempts: otherAttempts,
    requestHandler: requestHandler(otherTimeoutMs),
  });
}

/** A client for events. */
export function createEventBridge(): EventBridgeClient {
  return new EventBridgeClient({
    maxAttempts: otherAttempts,
    requestHandler: requestHandler(eventBridgeTimeoutMs),
  });
}
