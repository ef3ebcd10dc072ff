import type { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";
import { createCloudFront, createS3, createTypedDynamoDb } from "../../handlers/aws/clients";

/** The clients that operations on images call AWS by. */
export interface ImageClients {
  s3: S3Client;
  dynamoDb: DynamoDBClient;
  cloudFront: CloudFrontClient;
}

/** What clients read of the environment. */
const settings = [
  "AWS_ENDPOINT_URL_S3",
  "AWS_ENDPOINT_URL_DYNAMODB",
  "AWS_ENDPOINT_URL_CLOUDFRONT",
  "AWS_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
];

let shared: { environment: string; clients: ImageClients } | undefined;

/**
 * Clients as functions have them, each with a middleware stack of its own. Those of one environment share
 * what making a client is mostly about: its settings and connections.
 */
export function imageClients(): ImageClients {
  const environment = JSON.stringify(settings.map((name) => process.env[name]));
  if (shared?.environment !== environment) {
    Object.values(shared?.clients ?? {}).forEach((client: { destroy(): void }) => {
      client.destroy();
    });
    const clients = {
      s3: createS3(),
      dynamoDb: createTypedDynamoDb(),
      cloudFront: createCloudFront(),
    };
    shared = { environment, clients };
  }
  const { s3, dynamoDb, cloudFront } = shared.clients;
  return {
    s3: withOwnStack(s3),
    dynamoDb: withOwnStack(dynamoDb),
    cloudFront: withOwnStack(cloudFront),
  };
}

function withOwnStack<Client extends { middlewareStack: { clone(): unknown } }>(
  client: Client,
): Client {
  const own = Object.create(client) as Client;
  return Object.assign(own, { middlewareStack: client.middlewareStack.clone() });
}
