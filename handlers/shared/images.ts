import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  PutCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import {
  type ImageItem,
  type ImageMetadata,
  imagesCollection,
  timelineIndex,
  toMetadata,
  userIndex,
} from "./images-table";

/** Where a list goes on: after the image that has these keys. */
export interface Position {
  timestamp: string;
  imageId: string;
}

/** Metadata of images, in the images table. */
export class Images {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * Adds an image; never overwrites another.
   *
   * @throws ConditionalCheckFailedException when another image has its id.
   */
  async add(metadata: ImageMetadata): Promise<void> {
    const item: ImageItem = { ...metadata, collection: imagesCollection };
    await this.#client.send(
      new PutCommand({
        TableName: this.#table,
        Item: item,
        ...ifFreeOrOwn(metadata.key),
      }),
    );
  }

  /** Removes an image, if it is there; never another that has its id. */
  async remove({ imageId, key }: ImageMetadata): Promise<void> {
    await this.#client.send(
      new DeleteCommand({
        TableName: this.#table,
        Key: { imageId },
        ...ifFreeOrOwn(key),
      }),
    );
  }

  /** The image, or `undefined`. Sees an upload as soon as it was acknowledged. */
  async get(imageId: string): Promise<ImageMetadata | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: { imageId }, ConsistentRead: true }),
    );
    return Item && toMetadata(Item as ImageItem);
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
    const query: QueryCommandInput = {
      TableName: this.#table,
      IndexName: index,
      KeyConditionExpression: "#attribute = :value",
      ExpressionAttributeNames: { "#attribute": attribute },
      ExpressionAttributeValues: { ":value": value },
      ScanIndexForward: false,
    };
    const startingToken = after && { ...after, [attribute]: value };
    const paging = { client: this.#client, pageSize, startingToken };
    for await (const page of paginateQuery(paging, query)) {
      yield* (page.Items ?? []).map((item) => toMetadata(item as ImageItem));
    }
  }
}

/**
 * The condition that an id is free, or taken by the very upload that has `key`: a write whose answer
 * was lost is repeated by the SDK, and must not stumble over itself.
 */
function ifFreeOrOwn(key: string) {
  return {
    ConditionExpression: "attribute_not_exists(imageId) OR #key = :key",
    ExpressionAttributeNames: { "#key": "key" },
    ExpressionAttributeValues: { ":key": key },
  };
}
