import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { isMet } from "../aws/conditional-write";
import { Hindered, untilUnhindered } from "../aws/contention";
import { isPassing, isUnmet, putAlone, transact } from "../aws/transactions";
import { userBusy } from "../users/user-counts";
import { readImageRow } from "./image-row";
import {
  type DeletingItem,
  type ImageItem,
  type ImageMetadata,
  imagesCollection,
  type ReadyItem,
  refreshPartition,
  type RejectedItem,
  sweepPartition,
  toMetadata,
} from "./images-table";
import type { PublicationTables } from "./publication-tables";
import { quietFrom } from "./quiet-from";
import { tagEntries } from "./tags-table";
import { changedByOthers, unlist } from "./unlist";

/** An image that stays while its renditions go. */
export type RefreshableItem = ReadyItem | RejectedItem;

/** Makes images visible and invisible: their rows and the entries of their tags at one stroke. */
export class Publication {
  readonly #client: DynamoDBDocumentClient;
  readonly #tables: PublicationTables;

  constructor(client: DynamoDBDocumentClient, tables: PublicationTables) {
    this.#client = client;
    this.#tables = tables;
  }

  /**
   * Makes an image of an upload under way.
   *
   * @param stagingKey set if it was uploaded directly.
   * @returns "done before" when the same event came twice and the other was faster, "gone" when the
   * upload was deleted meanwhile.
   * @throws ApiError 403 `UserLimitReached`, 503 `UserBusy`.
   */
  async publish(
    image: ImageMetadata,
    stagingKey?: string,
  ): Promise<"done before" | "done" | "gone"> {
    const item: ReadyItem = {
      ...toMetadata(image),
      state: "ready",
      collection: imagesCollection,
      ...(stagingKey !== undefined && { stagingKey }),
      ...(this.#tables.counts && { countedIn: this.#tables.counts.table }),
    };
    const { images, tags, counts } = this.#tables;
    const row = {
      TableName: images,
      Item: item,
      ConditionExpression: "#state = :pending AND #key = :key",
      ExpressionAttributeNames: { "#state": "state", "#key": "key" },
      ExpressionAttributeValues: { ":pending": "pending", ":key": image.key },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    } as const;
    const entries = tagEntries(image).map((Item) => ({ Put: { TableName: tags, Item } }));
    const further = [...(counts ? [counts.adding(image)] : []), ...entries];
    return await untilUnhindered(async () => {
      const refusals =
        further.length === 0
          ? await putAlone(this.#client, row)
          : await transact(this.#client, [{ Put: row }, ...further]);
      const [ofRow, ofCount] = refusals ?? [];
      if (!ofRow) {
        return "done";
      }
      // Of an image that another attempt has made, it does not matter whether there is room for it.
      if (isUnmet(ofRow)) {
        return madeBy(item, ofRow);
      }
      if (counts && ofCount && isUnmet(ofCount)) {
        throw counts.refusal(ofCount, image);
      }
      return new Hindered(counts && isPassing(ofCount) ? userBusy() : changedByOthers());
    });
  }

  /**
   * Marks whatever has this id as being deleted: no route shows it, and nothing can be made of it.
   *
   * @param now what counts as now.
   * @param isMeant tells of a row whether it is to be marked; if not, nothing is written.
   * @returns what is to be removed, or `undefined` if there is nothing of this id that is meant.
   * @throws ApiError 503 `UserBusy`.
   */
  async hide(
    imageId: string,
    now: Date,
    isMeant: (item: ImageItem) => boolean = () => true,
  ): Promise<DeletingItem | undefined> {
    return await untilUnhindered(async () => {
      const item = await this.#get(imageId);
      if (!item || !isMeant(item)) {
        return undefined;
      }
      if (item.state === "deleting") {
        return item;
      }
      const hidden = hiddenItem(item, now);
      return (await unlist(this.#client, this.#tables, item, hidden)) ?? hidden;
    });
  }

  /** The same, but only for what the sweep is to remove at `now`. */
  async hideExpired(imageId: string, now: Date): Promise<DeletingItem | undefined> {
    return await this.hide(imageId, now, (item) => isExpired(item, now));
  }

  /** Whether the image is, at this moment, being deleted. */
  async isHidden({ imageId }: DeletingItem): Promise<boolean> {
    return (await this.#get(imageId))?.state === "deleting";
  }

  /**
   * Notes whether caches may have renditions of an image that are, or are about to be, removed. Where
   * the image is in another state meanwhile, there is nothing to note.
   *
   * @returns false when it is: whoever has changed it removes the renditions.
   */
  async oweInvalidation({ imageId, state }: ImageItem, isOwed: boolean): Promise<boolean> {
    const update = new UpdateCommand({
      TableName: this.#tables.images,
      Key: { imageId },
      UpdateExpression: isOwed ? "SET invalidationOwed = :owed" : "REMOVE invalidationOwed",
      ConditionExpression: "#state = :state",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":state": state, ...(isOwed && { ":owed": true }) },
    });
    return await isMet(this.#client.send(update));
  }

  /** An image that stays, if its renditions are to be removed once more at `now`. */
  async refreshable(imageId: string, now: Date): Promise<RefreshableItem | undefined> {
    const item = await this.#get(imageId);
    const isDue = item?.sweep === refreshPartition && (item.sweepAfter ?? "") <= now.toISOString();
    return isDue ? item : undefined;
  }

  /** Notes that they are removed, unless there is a new reason to remove them by now. */
  async refreshed({ imageId, state, sweepAfter }: RefreshableItem): Promise<void> {
    const update = new UpdateCommand({
      TableName: this.#tables.images,
      Key: { imageId },
      UpdateExpression: "REMOVE sweep, sweepAfter, invalidationOwed",
      ConditionExpression: "#state = :state AND sweepAfter = :sweepAfter",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":state": state, ":sweepAfter": sweepAfter },
    });
    await isMet(this.#client.send(update));
  }

  /** Removes the row of what was deleted, unless a new attempt at the upload has taken it over. */
  async forget({ imageId, sweepAfter }: DeletingItem): Promise<void> {
    const removal = new DeleteCommand({
      TableName: this.#tables.images,
      Key: { imageId },
      ConditionExpression: "#state = :deleting AND sweepAfter = :sweepAfter",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":deleting": "deleting", ":sweepAfter": sweepAfter },
    });
    await isMet(this.#client.send(removal));
  }

  async #get(imageId: string): Promise<ImageItem | undefined> {
    return await readImageRow(this.#client, this.#tables.images, imageId);
  }
}

/** What a row says that is no upload's any more: whether this attempt, or another, made an image. */
function madeBy(item: ReadyItem, { Item: row }: CancellationReason) {
  if (row?.state?.S !== "ready") {
    return "gone";
  }
  const isOwn = row.timestamp?.S === item.timestamp && row.etag?.S === item.etag;
  return isOwn ? "done" : "done before";
}

function isExpired(item: ImageItem, now: Date): boolean {
  return item.sweep === sweepPartition && item.sweepAfter <= now.toISOString();
}

/**
 * What hides `item`. Unless the sweep has found it, something of it may be about to be stored still:
 * an object of an upload under way or, by an event that came twice, of one that is done; a rendition
 * of an image.
 */
function hiddenItem(item: Exclude<ImageItem, DeletingItem>, now: Date): DeletingItem {
  const { imageId, key } = item;
  return {
    imageId,
    state: "deleting",
    key,
    ...("stagingKey" in item && { stagingKey: item.stagingKey }),
    // What was removed because of another change may be in caches still.
    ...("invalidationOwed" in item && { invalidationOwed: item.invalidationOwed }),
    sweep: sweepPartition,
    sweepAfter: isExpired(item, now) ? now.toISOString() : quietFrom(now),
  };
}
