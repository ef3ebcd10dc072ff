import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

// The SDK waits for an answer without end. With these limits, an upload that finds either service not
// answering fails, and has tried to clean up, within the 29 s of API Gateway: two calls of S3 take
// 16 s, three of DynamoDB 9 s. What is cut off after that, the sweep finishes.
const s3Attempts = 2;
const s3TimeoutMs = 4000;
const otherAttempts = 3;
const otherTimeoutMs = 1000;

function requestHandler(requestTimeout: number) {
  return { connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true };
}

/**
 * A client for objects, with the region, credentials and endpoint of the environment.
 *
 * @param timeoutMs how long it waits for an answer. `@default` 4000
 */
export function createS3(timeoutMs: number = s3TimeoutMs): S3Client {
  return new S3Client({ maxAttempts: s3Attempts, requestHandler: requestHandler(timeoutMs) });
}

/** A client for items whose values name their types, as in `{ S: "text" }`. */
export function createTypedDynamoDb(): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: otherAttempts,
    requestHandler: requestHandler(otherTimeoutMs),
  });
}

/**
 * A client for items as plain objects.
 *
 * @param client sends the requests.
 * @param readNumber makes a value of a number's text; without it, JavaScript numbers are read.
 */
export function createDynamoDb(
  client = createTypedDynamoDb(),
  readNumber?: (text: string) => unknown,
): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, {
    // Else a map that has a member called "constructor" would be taken for a class instance.
    marshallOptions: { convertClassInstanceToMap: true },
    unmarshallOptions: { wrapNumbers: readNumber },
  });
}

/** A client for message authentication codes. */
export function createKms(): KMSClient {
  return new KMSClient({
    maxAttempts: otherAttempts,
    requestHandler: requestHandler(otherTimeoutMs),
  });
}
