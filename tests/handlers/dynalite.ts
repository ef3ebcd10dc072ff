import type { Server } from "node:http";
import { createRequire } from "node:module";
import {
  CreateTableCommand,
  type CreateTableInput,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { imagesTableKeys, timelineIndex, userIndex } from "../../handlers/shared/images-table";
import { close, listen } from "../../local/aws/http";
import { settings } from "./support";

// It has no types.
const dynalite = createRequire(__filename)("dynalite") as (options: object) => Server;

/** The images table as the program makes it. */
export const imagesTable = table(settings.IMAGES_TABLE, imagesTableKeys.imageId, {
  [userIndex]: imagesTableKeys.userId,
  [timelineIndex]: imagesTableKeys.collection,
});

/**
 * Runs an empty DynamoDB with one table around every test of a suite, and points the SDK to it.
 *
 * @returns what gives a client of it, during a test. Use together with `useSdkSettings`.
 */
export function useDynalite(definition: CreateTableInput): () => DynamoDBClient {
  let server: Server;
  let client: DynamoDBClient;
  beforeEach(async () => {
    server = dynalite({ createTableMs: 0 });
    const port = await listen(server);
    process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${port}`;
    client = new DynamoDBClient({});
    await client.send(new CreateTableCommand(definition));
  });
  afterEach(async () => {
    Reflect.deleteProperty(process.env, "AWS_ENDPOINT_URL_DYNAMODB");
    client.destroy();
    await close(server);
  });
  return () => client;
}

function table(
  name: string,
  partitionKey: string,
  indexes: Record<string, string>,
): CreateTableInput {
  const sorted = Object.keys(indexes).length > 0 ? [imagesTableKeys.timestamp] : [];
  const attributes = [partitionKey, ...Object.values(indexes), ...sorted];
  const globalIndexes = Object.entries(indexes).map(([index, key]) => ({
    IndexName: index,
    KeySchema: [
      { AttributeName: key, KeyType: "HASH" as const },
      { AttributeName: imagesTableKeys.timestamp, KeyType: "RANGE" as const },
    ],
    Projection: { ProjectionType: "ALL" as const },
  }));
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: partitionKey, KeyType: "HASH" }],
    AttributeDefinitions: attributes.map((attribute) => ({
      AttributeName: attribute,
      AttributeType: "S",
    })),
    ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes }),
  };
}
