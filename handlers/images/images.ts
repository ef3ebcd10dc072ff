import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../aws/batch-get";
import { newestFirst } from "../aws/newest-first";
import type { Position } from "../http/cursor";
import type { Caller } from "../users/caller";
import { ownRow } from "../users/ownership";
import { imageNotFound, imageRejected } from "./image-id";
import { readImageRow } from "./image-row";
import {
  type ImageItem,
  type ImageMetadata,
  imagesCollection,
  type ReadyItem,
  timelineIndex,
  toMetadata,
  userIndex,
} from "./images-table";

/** Images that are ready, in the images table. */
export class Images {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** The image, or `undefined`. Sees an upload as soon as it was acknowledged. */
  async get(imageId: string): Promise<ImageMetadata | undefined> {
    const item = await this.#get(imageId);
    return item && readyOnly(item);
  }

  /**
   * The image, if the caller may see it.
   *
   * @throws ApiError 404 `ImageNotFound`, or `ImageRejected` with the reason.
   */
  async require(imageId: string, caller: Caller): Promise<ImageMetadata> {
    return toMetadata(readyOf(await this.#get(imageId), caller));
  }

  async #get(imageId: string): Promise<ImageItem | undefined> {
    return await readImageRow(this.#client, this.#table, imageId);
  }

  /** Those of at most a hundred images that are ready, in the order of their ids as given. */
  async getAll(imageIds: readonly string[]): Promise<ImageMetadata[]> {
    const keys = imageIds.map((imageId) => ({ imageId }));
    const items = (await batchGet(this.#client, this.#table, keys)) as ImageItem[];
    const found = new Map(items.map((item) => [item.imageId, readyOnly(item)]));
    return imageIds.flatMap((imageId) => found.get(imageId) ?? []);
  }

  /**
   * Images, newest first.
   *
   * @param userId whose; those of all users when left out.
   * @param after where to go on.
   * @param pageSize how many items one request to DynamoDB reads.
   */
  async *list(
    userId: string | undefined,
    after: Position | undefined,
    pageSize: number,
  ): AsyncGenerator<ImageMetadata> {
    const { index, attribute, value } =
      userId === undefined
        ? { index: timelineIndex, attribute: "collection", value: imagesCollection }
        : { index: userIndex, attribute: "userId", value: userId };
    const partition = { table: this.#table, index, attribute, value };
    const startingToken = after && { ...keysOf(after), [attribute]: value };
    for await (const items of newestFirst(this.#client, partition, { pageSize, startingToken })) {
      yield* (items as ImageItem[]).flatMap((item) => readyOnly(item) ?? []);
    }
  }
}

/** Those of an image, in any list that is sorted by time. */
export function keysOf({ timestamp, id }: Position): Record<"timestamp" | "imageId", string> {
  return { timestamp, imageId: id };
}

/**
 * The row of an image that is ready. To a caller who may not see it, it is as if there were none.
 *
 * @throws ApiError 404 `ImageNotFound`, or `ImageRejected` with the reason.
 */
export function readyOf(row: ImageItem | undefined, caller: Caller): ReadyItem {
  const item = ownRow(row, caller);
  if (item?.state === "ready") {
    return item;
  }
  // DynamoDB removes items some time after they have expired.
  if (item?.state === "rejected" && item.expiresAt > Date.now() / 1000) {
    throw imageRejected(item.rejection);
  }
  throw imageNotFound();
}

function readyOnly(item: ImageItem): ImageMetadata | undefined {
  return item.state === "ready" ? toMetadata(item) : undefined;
}
