import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { isMet } from "./conditional-write";
import {
  type DeletingItem,
  type ImageItem,
  type ImageMetadata,
  imagesCollection,
  type ReadyItem,
  sweepPartition,
  toMetadata,
} from "./images-table";
import { quietFrom } from "./quiet-from";
import { tagEntries } from "./tags-table";

/** How often hiding an image is tried while others change it. */
const maxAttempts = 5;

/** The tables in which an image and its tags are published. */
export interface PublicationTables {
  images: string;
  tags: string;
}

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
    };
    const refusals = await this.#transact([
      {
        Put: {
          TableName: this.#tables.images,
          Item: item,
          ConditionExpression: "#state = :pending AND #key = :key",
          ExpressionAttributeNames: { "#state": "state", "#key": "key" },
          ExpressionAttributeValues: { ":pending": "pending", ":key": image.key },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
      ...tagEntries(image).map((Item) => ({ Put: { TableName: this.#tables.tags, Item } })),
    ]);
    if (!refusals) {
      return "done";
    }
    return refusals[0]?.Item?.state?.S === "ready" ? "done before" : "gone";
  }

  /**
   * Marks whatever has this id as being deleted: no route shows it, and nothing can be made of it.
   *
   * @param now what counts as now.
   * @returns what is to be removed, or `undefined` if there is nothing of this id.
   */
  async hide(imageId: string, now: Date): Promise<DeletingItem | undefined> {
    return await this.#hide(imageId, now, () => true);
  }

  /** The same, but only for what the sweep is to remove at `now`. */
  async hideExpired(imageId: string, now: Date): Promise<DeletingItem | undefined> {
    return await this.#hide(imageId, now, (item) => isExpired(item, now));
  }

  /** Whether the image is, at this moment, being deleted. */
  async isHidden({ imageId }: DeletingItem): Promise<boolean> {
    return (await this.#get(imageId))?.state === "deleting";
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

  async #hide(
    imageId: string,
    now: Date,
    concerns: (item: ImageItem) => boolean,
  ): Promise<DeletingItem | undefined> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const item = await this.#get(imageId);
      if (!item || !concerns(item)) {
        return undefined;
      }
      if (item.state === "deleting") {
        return item;
      }
      const hidden = hiddenItem(item, now);
      if (!(await this.#transact(this.#hiding(item, hidden), ["TransactionConflict"]))) {
        return hidden;
      }
    }
    throw new Error("The image was changed by others again and again.");
  }

  /** What replaces `item`, if it is as it was read. */
  #hiding(item: Exclude<ImageItem, DeletingItem>, hidden: DeletingItem): Actions {
    const seen = "sweepAfter" in item ? item.sweepAfter : undefined;
    const tags = item.state === "ready" ? tagEntries(item) : [];
    return [
      {
        Put: {
          TableName: this.#tables.images,
          Item: hidden,
          ConditionExpression:
            "#state = :state" + (seen === undefined ? "" : " AND sweepAfter = :sweepAfter"),
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: {
            ":state": item.state,
            ...(seen !== undefined && { ":sweepAfter": seen }),
          },
        },
      },
      ...tags.map(({ imageId, tag }) => ({
        Delete: { TableName: this.#tables.tags, Key: { imageId, tag } },
      })),
    ];
  }

  async #get(imageId: string): Promise<ImageItem | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#tables.images, Key: { imageId }, ConsistentRead: true }),
    );
    return Item as ImageItem | undefined;
  }

  /**
   * Carries out all of the actions or none. The SDK repeats a transaction under one token, by which
   * DynamoDB knows that it has carried it out.
   *
   * @param otherReasons codes that are returned as well, rather than thrown.
   * @returns what came of each action when a condition was not met.
   */
  async #transact(
    actions: Actions,
    otherReasons: string[] = [],
  ): Promise<CancellationReason[] | undefined> {
    const foreseen = ["ConditionalCheckFailed", ...otherReasons];
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: actions }));
      return undefined;
    } catch (error) {
      const reasons = error instanceof TransactionCanceledException && error.CancellationReasons;
      if (reasons && reasons.some(({ Code = "" }) => foreseen.includes(Code))) {
        return reasons;
      }
      throw error;
    }
  }
}

type Actions = NonNullable<TransactWriteCommandInput["TransactItems"]>;

function isExpired(item: ImageItem, now: Date): boolean {
  return "sweepAfter" in item && item.sweepAfter <= now.toISOString();
}

function hiddenItem(item: Exclude<ImageItem, DeletingItem>, now: Date): DeletingItem {
  const { imageId, key } = item;
  return {
    imageId,
    state: "deleting",
    key,
    ...("stagingKey" in item && { stagingKey: item.stagingKey }),
    sweep: sweepPartition,
    sweepAfter: isQuiet(item, now) ? now.toISOString() : quietFrom(now),
  };
}

/**
 * Whether no write of its objects can be under way. An image was ready only after they were stored;
 * but if it was uploaded directly, a second event of the same arrival may be about to repeat that.
 */
function isQuiet(item: ImageItem, now: Date): boolean {
  return item.state === "ready" ? !("stagingKey" in item) : isExpired(item, now);
}
