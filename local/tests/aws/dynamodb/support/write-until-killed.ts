/** Writes items to a data folder without end, and prints a line for each that was answered. */
import { PutItemCommand } from "@aws-sdk/client-dynamodb";

import { LocalDynamoDb, images } from "./local-dynamodb";

async function main(): Promise<void> {
  const local = await LocalDynamoDb.start(process.argv[2]);
  await local.dynamodb.createTable(images);
  for (let n = 0; ; n++) {
    const Item = { id: { S: String(n) } };
    await local.client.send(new PutItemCommand({ TableName: images.TableName, Item }));
    console.log(n);
  }
}

void main();
