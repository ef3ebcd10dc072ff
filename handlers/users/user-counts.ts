import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { integerSetting } from "../aws/settings";
import type { Actions } from "../aws/transactions";
import { ApiError } from "../http/errors";
import type { ImageItem } from "../images/images-table";
import type { UserItem } from "./users-table";

/** How much a user has. */
export type UserCount = Omit<UserItem, "userId">;

/** How much a user may have; 0 = as much as they like. */
export interface UserLimits {
  maxImages: number;
  maxBytes: number;
}

/** What counts of an image, and for whom. */
interface Countable {
  userId: string;
  /** Bytes. */
  size: number;
}

const unlimited: UserLimits = { maxImages: 0, maxBytes: 0 };

/**
 * Counts the images of every user. The transaction that publishes or withdraws an image counts it as
 * well, so that the counts are right at any moment, whatever fails.
 */
export class UserCounts {
  readonly #client: DynamoDBDocumentClient;
  /** Its name, which the rows of images that it counts hold. */
  readonly table: string;
  readonly limits: Readonly<UserLimits>;

  /** @param limits whoever only withdraws images needs none. */
  constructor(client: DynamoDBDocumentClient, table: string, limits = unlimited) {
    this.#client = client;
    this.table = table;
    this.limits = limits;
  }

  /** What a user has, as every write that was acknowledged has left it. */
  async read(userId: string): Promise<UserCount> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.table, Key: { userId }, ConsistentRead: true }),
    );
    const { images = 0, bytes = 0 } = (Item ?? {}) as Partial<UserItem>;
    return { images, bytes };
  }

  /**
   * Looks, before anything is stored, whether an image is likely to be taken: for good, `adding`
   * decides that.
   *
   * @throws ApiError 403 `UserLimitReached`.
   */
  async requireRoom({ userId, size }: Countable): Promise<void> {
    const { maxImages, maxBytes } = this.limits;
    if (maxImages === 0 && maxBytes === 0) {
      return;
    }
    const count = await this.read(userId);
    if (this.#hasEnoughImages(count) || (maxBytes > 0 && count.bytes + size > maxBytes)) {
      throw this.#limitReached(count, size);
    }
  }

  /** Counts an image, on condition that its user may have it. */
  adding({ userId, size }: Countable): Actions[number] {
    const { maxImages, maxBytes } = this.limits;
    const room = maxBytes - size;
    const conditions = [
      ...(maxImages > 0 ? ["(attribute_not_exists(#images) OR #images < :maxImages)"] : []),
      // Even who has nothing yet may not have an image that is too large by itself.
      ...(maxBytes > 0 && room >= 0 ? ["(attribute_not_exists(#bytes) OR #bytes <= :room)"] : []),
      ...(maxBytes > 0 && room < 0 ? ["#bytes <= :room"] : []),
    ];
    return this.#change(userId, { images: 1, bytes: size }, conditions, {
      ...(maxImages > 0 && { ":maxImages": maxImages }),
      ...(maxBytes > 0 && { ":room": room }),
    });
  }

  /**
   * Counts an image no more, on condition that it can have been counted.
   *
   * @returns `undefined` if this table does not count it.
   */
  removing(item: ImageItem): Actions[number] | undefined {
    if (item.state !== "ready" || item.countedIn !== this.table) {
      return undefined;
    }
    const { userId, size } = item;
    const conditions = ["#images >= :one", "#bytes >= :size"];
    const values = { ":one": 1, ":size": size };
    return this.#change(userId, { images: -1, bytes: -size }, conditions, values);
  }

  /** What the client is told when the condition of `adding` was not met. */
  refusal({ Item = {} }: CancellationReason, { size }: Countable): ApiError {
    const { images, bytes } = Item;
    return this.#limitReached(
      { images: Number(images?.N ?? 0), bytes: Number(bytes?.N ?? 0) },
      size,
    );
  }

  #change(
    userId: string,
    { images, bytes }: UserCount,
    conditions: readonly string[],
    values: Record<string, number>,
  ): Actions[number] {
    return {
      Update: {
        TableName: this.table,
        Key: { userId },
        UpdateExpression: "ADD #images :images, #bytes :bytes",
        ...(conditions.length > 0 && { ConditionExpression: conditions.join(" AND ") }),
        ExpressionAttributeNames: { "#images": "images", "#bytes": "bytes" },
        ExpressionAttributeValues: { ":images": images, ":bytes": bytes, ...values },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    };
  }

  #hasEnoughImages({ images }: UserCount): boolean {
    const { maxImages } = this.limits;
    return maxImages > 0 && images >= maxImages;
  }

  #limitReached(count: UserCount, size: number): ApiError {
    const { maxImages, maxBytes } = this.limits;
    const isFull = this.#hasEnoughImages(count);
    return new ApiError(
      403,
      "UserLimitReached",
      isFull
        ? `The user has ${count.images} images, and may have ${maxImages}: delete some first.`
        : `The user's images have ${count.bytes} bytes, and may have ${maxBytes}: there is no room for ${size} more.`,
      {
        limit: isFull ? "images" : "bytes",
        ...(maxImages > 0 && { maxImages }),
        images: count.images,
        ...(maxBytes > 0 && { maxBytes }),
        bytes: count.bytes,
        size,
      },
    );
  }
}

/** What a client is told whose user's other requests are in its way: 503 `UserBusy`. */
export function userBusy(): ApiError {
  return new ApiError(
    503,
    "UserBusy",
    "Other requests change what the user has again and again: try again.",
    {},
    { "Retry-After": "1" },
  );
}

/**
 * Counts the images of users, if the environment names their table.
 *
 * @param kind who only withdraws images needs no limits.
 */
export function createUserCounts(
  settings: NodeJS.ProcessEnv,
  client: DynamoDBDocumentClient,
  kind: "limited" | "unlimited",
): UserCounts | undefined {
  const { USERS_TABLE } = settings;
  return USERS_TABLE
    ? new UserCounts(client, USERS_TABLE, kind === "limited" ? readLimits(settings) : unlimited)
    : undefined;
}

/** @throws Error when the environment does not name the limits. */
export function readLimits(settings: NodeJS.ProcessEnv): UserLimits {
  return {
    maxImages: integerSetting(settings, "MAX_IMAGES_PER_USER", 0),
    maxBytes: integerSetting(settings, "MAX_BYTES_PER_USER", 0),
  };
}
