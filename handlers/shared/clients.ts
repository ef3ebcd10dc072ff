import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

// The SDK waits for an answer without end. Together these limits let an upload fail, and clean up
// after itself, within the 29 s of API Gateway: S3 twice 5 s, DynamoDB three times 2 s, S3 again.
const s3Attempts = 2;
const s3TimeoutMs = 5000;
const otherAttempts = 3;
const otherTimeoutMs = 2000;

function requestHandler(requestTimeout: number) {
  return { connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true };
}

/** A client for objects, with the region, credentials and endpoint of the environment. */
export function createS3(): S3Client {
  return new S3Client({ maxAttempts: s3Attempts, requestHandler: requestHandler(s3TimeoutMs) });
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
