import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { ImageItem } from "./images-table";

/** The row of the images table that has this id, as every write that was acknowledged has left it. */
export async function readImageRow(
  client: DynamoDBDocumentClient,
  table: string,
  imageId: string,
): Promise<ImageItem | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: table, Key: { imageId }, ConsistentRead: true }),
  );
  return Item as ImageItem | undefined;
}
