import { isDeepStrictEqual } from "node:util";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Hindered, untilUnhindered } from "../aws/contention";
import { type Actions, maxActions, transact } from "../aws/transactions";
import { ApiError } from "../http/errors";
import type { Preconditions } from "../http/preconditions";
import type { Caller } from "../users/caller";
import { readImageRow } from "./image-row";
import { readyOf } from "./images";
import { type FocalPoint, type ReadyItem, refreshPartition } from "./images-table";
import { requireMeant } from "./preconditions";
import type { PublicationTables } from "./publication-tables";
import { quietFrom } from "./quiet-from";
import { rowUpdate } from "./row-condition";
import { tagEntries } from "./tags-table";

/** What is to be changed of an image; what is left out stays. */
export interface ImageChange {
  imageName?: string | undefined;
  /** All of its tags. */
  tags?: Record<string, string> | undefined;
  /** `null` removes it. */
  focalPoint?: FocalPoint | null | undefined;
}

/** Changes what clients say of images that are ready: rows and entries of tags at one stroke. */
export class ImageChanges {
  readonly #client: DynamoDBDocumentClient;
  readonly #tables: PublicationTables;

  constructor(client: DynamoDBDocumentClient, tables: PublicationTables) {
    this.#client = client;
    this.#tables = tables;
  }

  /**
   * Changes an image that the caller may see. Changes at the same time follow one upon the other, and none is made of two.
   *
   * @param preconditions with entity tags of the metadata that the client knows.
   * @returns the row as it is then.
   * @throws ApiError 404, 412 `PreconditionFailed`, 409 `ImageBusy`.
   */
  async apply(
    imageId: string,
    caller: Caller,
    change: ImageChange,
    preconditions: Preconditions = {},
  ): Promise<ReadyItem> {
    return await untilUnhindered(async () => {
      const row = await readImageRow(this.#client, this.#tables.images, imageId);
      const item = readyOf(row, caller);
      requireMeant(item, preconditions);
      if (item.staleTags) {
        await this.removeStaleTags(item);
        return new Hindered(imageBusy());
      }
      const set = whatChanges(item, change);
      if (Object.keys(set).length === 0) {
        return item;
      }
      const { actions, stale } = this.#writes(item, set);
      return (await transact(this.#client, actions))
        ? new Hindered(imageBusy())
        : { ...item, ...set, ...stale, revision: (item.revision ?? 0) + 1 };
    });
  }

  /** Removes the entries of tags that an image has no more, unless it was changed meanwhile. */
  async removeStaleTags(item: ReadyItem): Promise<void> {
    const actions = [
      { Update: rowUpdate(this.#tables.images, item, { staleTags: undefined }) },
      ...this.#deletions(item, item.staleTags ?? []),
    ];
    await transact(this.#client, actions);
  }

  #writes(item: ReadyItem, set: Partial<ReadyItem>) {
    const [before, after] = [tagEntries(item), tagEntries({ ...item, ...set })];
    const added = after.filter(({ tag }) => !before.some((entry) => entry.tag === tag));
    const removed = before.filter(({ tag }) => !after.some((entry) => entry.tag === tag));
    // All tags before, all tags after and the row are one too many for a transaction. An entry that
    // is left over is known by the row, and passed over by lists.
    const room = maxActions - 1 - added.length;
    const leftOver = removed.slice(room).map(({ tag }) => tag);
    const stale = leftOver.length > 0 ? { staleTags: leftOver } : {};
    const actions: Actions = [
      { Update: rowUpdate(this.#tables.images, item, { ...set, ...stale }) },
      ...added.map((Item) => ({ Put: { TableName: this.#tables.tags, Item } })),
      ...this.#deletions(
        item,
        removed.slice(0, room).map(({ tag }) => tag),
      ),
    ];
    return { actions, stale };
  }

  #deletions({ imageId }: ReadyItem, tags: readonly string[]): Actions {
    return tags.map((tag) => ({
      Delete: { TableName: this.#tables.tags, Key: { imageId, tag } },
    }));
  }
}

/** What a row is to have after a change that it has not, with `undefined` for what is to go. */
function whatChanges(
  item: ReadyItem,
  { imageName = item.imageName, tags = item.tags, focalPoint }: ImageChange,
): Partial<ReadyItem> {
  const isRefocused =
    focalPoint !== undefined && !isDeepStrictEqual(focalPoint ?? undefined, item.focalPoint);
  return {
    ...(imageName !== item.imageName && { imageName }),
    ...(!isDeepStrictEqual(tags, item.tags) && { tags }),
    ...(isRefocused && {
      focalPoint: focalPoint ?? undefined,
      sweep: refreshPartition,
      sweepAfter: quietFrom(new Date()),
    }),
  };
}

function imageBusy(): ApiError {
  return new ApiError(
    409,
    "ImageBusy",
    "Others change the image again and again: try again.",
    {},
    { "Retry-After": "1" },
  );
}
