import type { TableDefinition } from "../../local/aws/dynamodb/table-definition";
import { LocalDynamoDb } from "../../local/tests/aws/dynamodb/support/local-dynamodb";
import { settings } from "./support";

/** The table of claims and answers as the program makes it. */
export const idempotencyTable = table(settings.IDEMPOTENCY_TABLE);

/** The records table, but for its capacity. */
export const recordsTable = table(settings.RECORDS_TABLE);

/**
 * Runs DynamoDB with empty tables around every test of a suite, and points the SDK to it.
 *
 * @returns what gives it, during a test. Use together with `useSdkSettings`.
 */
export function useDynamoDb(...tables: TableDefinition[]): () => LocalDynamoDb {
  let local: LocalDynamoDb;
  beforeEach(async () => {
    local = await LocalDynamoDb.start();
    process.env.AWS_ENDPOINT_URL_DYNAMODB = local.dynamodb.url;
    for (const definition of tables) {
      await local.dynamodb.createTable(definition);
    }
  });
  afterEach(async () => {
    Reflect.deleteProperty(process.env, "AWS_ENDPOINT_URL_DYNAMODB");
    await local.stop();
  });
  return () => local;
}

function table(name: string): TableDefinition {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  };
}
