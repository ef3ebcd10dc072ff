import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Hindered } from "../aws/contention";
import { isPassing, isUnmet, transact } from "../aws/transactions";
import { userBusy } from "../users/user-counts";
import type { DeletingItem, ImageItem, RejectedItem } from "./images-table";
import type { PublicationTables } from "./publication-tables";
import { asRead } from "./row-condition";
import { entryKeys } from "./tags-table";

/**
 * Replaces a row, if it is as it was read, by one that no list shows. If it was an image's, the
 * entries of its tags go with it, and it counts no more.
 *
 * @returns `Hindered` when nothing was written.
 */
export async function unlist(
  client: DynamoDBDocumentClient,
  { images, tags, counts }: PublicationTables,
  item: ImageItem,
  replacement: DeletingItem | RejectedItem,
): Promise<Hindered | undefined> {
  const entries = item.state === "ready" ? entryKeys(item) : [];
  const row = { Put: { TableName: images, Item: replacement, ...asRead(item) } };
  const deletions = entries.map((Key) => ({ Delete: { TableName: tags, Key } }));
  const count = counts?.removing(item);
  let refusals = await transact(client, [row, ...(count ? [count] : []), ...deletions]);
  if (count && isUnmet(refusals?.[1]) && !isUnmet(refusals?.[0])) {
    // The table is as it was before it counted the image: restored. That does not keep anybody from
    // deleting it; and nobody has fewer than no images.
    refusals = await transact(client, [row, ...deletions]);
  }
  if (!refusals) {
    return undefined;
  }
  return new Hindered(count && isPassing(refusals[1]) ? userBusy() : changedByOthers());
}

/** The error of who is hindered by others that change the same image. */
export function changedByOthers(): Error {
  return new Error("The image was changed by others again and again.");
}
