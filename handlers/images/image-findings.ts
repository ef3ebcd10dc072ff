import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { isMet } from "../aws/conditional-write";
import { Hindered, untilUnhindered } from "../aws/contention";
import { readImageRow } from "./image-row";
import {
  type ImageItem,
  type ImageLook,
  type ReadyItem,
  refreshPartition,
  type RejectedItem,
  type Rejection,
} from "./images-table";
import type { PublicationTables } from "./publication-tables";
import { quietFrom } from "./quiet-from";
import { rowUpdate } from "./row-condition";
import { changedByOthers, unlist } from "./unlist";

/**
 * Seconds for which it is told that an image was rejected: as long as its object can be recovered,
 * so that a delete still finds it.
 */
const keptSeconds = 31 * 24 * 3600;

/** What is found out of images after they have become ready. */
export class ImageFindings {
  readonly #client: DynamoDBDocumentClient;
  readonly #tables: PublicationTables;

  constructor(client: DynamoDBDocumentClient, tables: PublicationTables) {
    this.#client = client;
    this.#tables = tables;
  }

  async get(imageId: string): Promise<ImageItem | undefined> {
    return await readImageRow(this.#client, this.#tables.images, imageId);
  }

  /** Keeps how an image looks, unless it is gone. */
  async describe(found: ReadyItem, look: ImageLook): Promise<void> {
    await this.#whileReady(found, async (item) => {
      const update = rowUpdate(this.#tables.images, item, look);
      const isDone = await isMet(this.#client.send(new UpdateCommand(update)));
      return isDone ? undefined : new Hindered(changedByOthers());
    });
  }

  /**
   * Makes of an image one that was rejected, which no list shows.
   *
   * @returns its row, or `undefined` when it is gone.
   * @throws ApiError 503 `UserBusy`.
   */
  async reject(found: ReadyItem, rejection: Rejection): Promise<RejectedItem | undefined> {
    const { imageId, key, stagingKey } = found;
    let rejected: RejectedItem = {
      imageId,
      state: "rejected",
      key,
      ...(stagingKey !== undefined && { stagingKey }),
      rejection,
      expiresAt: Math.floor(Date.now() / 1000) + keptSeconds,
      sweep: refreshPartition,
      sweepAfter: quietFrom(new Date()),
    };
    const isDone = await this.#whileReady(found, async (item) => {
      const { invalidationOwed } = item;
      rejected = { ...rejected, ...(invalidationOwed && { invalidationOwed }) };
      return await unlist(this.#client, this.#tables, item, rejected);
    });
    // Else it may be rejected nevertheless, by an attempt whose answer was lost.
    const row = isDone ? rejected : await this.get(imageId);
    return row?.state === "rejected" ? row : undefined;
  }

  /** Writes until others do not at the same time. @returns false when the image is gone. */
  async #whileReady(
    found: ReadyItem,
    write: (item: ReadyItem) => Promise<Hindered | undefined>,
  ): Promise<boolean> {
    let known: ImageItem | undefined = found;
    return await untilUnhindered(async () => {
      const item = known ?? (await this.get(found.imageId));
      known = undefined;
      if (item?.state !== "ready" || item.etag !== found.etag) {
        return false;
      }
      return (await write(item)) ?? true;
    });
  }
}
