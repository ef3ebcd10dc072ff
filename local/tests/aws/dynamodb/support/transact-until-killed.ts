/** Counts in three items at once without end, and prints a line for each count that was answered. */
import { TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";

import { LocalDynamoDb, images } from "./local-dynamodb";

async function main(): Promise<void> {
  const { TableName } = images;
  const local = await LocalDynamoDb.start(process.argv[2]);
  await local.dynamodb.createTable(images);
  for (let n = 1; ; n++) {
    const TransactItems = ["a", "b", "c"].map((id) => ({
      Put: {
        TableName,
        Item: { id: { S: id }, userId: { S: "ann" }, timestamp: { N: String(n) } },
      },
    }));
    await local.client.send(new TransactWriteItemsCommand({ TransactItems }));
    console.log(n);
  }
}

void main();
