import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { newestFirst } from "../aws/newest-first";
import type { Position } from "../http/cursor";
import { type Images, keysOf } from "./images";
import type { ImageMetadata } from "./images-table";
import {
  type TagEntry,
  tagHash,
  tagIndex,
  tagTexts,
  userTagHash,
  userTagIndex,
} from "./tags-table";

/** Keys that DynamoDB takes in one BatchGetItem at most. */
const maxBatchSize = 100;

/** Images by their tags, in the tags table. */
export class TaggedImages {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #images: Images;

  constructor(client: DynamoDBDocumentClient, table: string, images: Images) {
    this.#client = client;
    this.#table = table;
    this.#images = images;
  }

  /**
   * Images that have `tag`, newest first.
   *
   * @param tag `key:value`.
   * @param userId whose; those of all users when left out.
   * @param after where to go on.
   * @param pageSize how many entries one request to DynamoDB reads, a hundred at most.
   */
  async *list(
    tag: string,
    userId: string | undefined,
    after: Position | undefined,
    pageSize: number,
  ): AsyncGenerator<ImageMetadata> {
    const { index, key } =
      userId === undefined
        ? { index: tagIndex, key: { tag: tagHash(tag) } }
        : { index: userTagIndex, key: { userTag: userTagHash(userId, tag) } };
    const [[attribute, value]] = Object.entries(key) as [[string, string]];
    const partition = { table: this.#table, index, attribute, value };
    const paging = {
      pageSize: Math.min(pageSize, maxBatchSize),
      startingToken: after && { ...keysOf(after), tag: tagHash(tag), ...key },
    };
    for await (const items of newestFirst(this.#client, partition, paging)) {
      const images = await this.#images.getAll((items as TagEntry[]).map(({ imageId }) => imageId));
      // What an image has lost, its entries may still say for a moment.
      yield* images.filter(({ tags }) => tagTexts(tags).has(tag));
    }
  }
}
