import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { isMet } from "../aws/conditional-write";
import type { ObjectVersion } from "../aws/versioned-objects";
import { readImageRow } from "../images/image-row";
import {
  type ImageDescription,
  type ImageItem,
  type PendingItem,
  type PendingUpload,
  type RejectedItem,
  type Rejection,
  sweepPartition,
} from "../images/images-table";
import { quietFrom } from "../images/quiet-from";
import type { Caller } from "../users/caller";
import { ownRow } from "../users/ownership";

/** Where direct uploads arrive. */
export const stagingPrefix = "uploads/";

/**
 * Seconds for which a direct upload is kept after its form has expired, its object was looked at, or
 * it was rejected: no longer than the object itself, which a lifecycle rule removes.
 */
const keptSeconds = 24 * 3600;

/** A direct upload as its client may know it. */
export type UploadStatus =
  | { status: "pending"; expiresAt?: string }
  | { status: "ready"; imageId: string }
  | { status: "rejected"; reason: Rejection };

/** Uploads that are no images yet, in the images table. */
export class Uploads {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * Notes that an upload is under way, before anything of it is stored: whatever becomes of it, the
   * sweep will find it. Takes over from an earlier attempt at the same upload.
   *
   * @returns false when that attempt, or another upload, has made an image of this id.
   */
  async begin(image: ImageDescription): Promise<boolean> {
    const sweepAfter = quietFrom(new Date());
    return await this.#begin({ ...image, state: "pending", sweep: sweepPartition, sweepAfter });
  }

  /**
   * The same for a direct upload.
   *
   * @param formExpiry until when its object can be sent, in whole seconds.
   */
  async beginDirect(image: ImageDescription, formExpiry: Date): Promise<boolean> {
    const sweepAfter = keptFrom(formExpiry);
    const upload = pendingUpload(image, sweepAfter);
    return await this.#begin({ ...upload, expiresAt: sweepAfter.getTime() / 1000 });
  }

  /**
   * The same for an image that was sent to the API, and is to be looked at as a direct upload is. Until an image is
   * made of it, the sweep removes it a day later.
   */
  async beginStaged(image: ImageDescription): Promise<boolean> {
    return await this.#begin(pendingUpload(image, keptFrom(new Date())));
  }

  /**
   * Takes a version that has arrived for the image of its upload, once and for all: what is sent
   * later by the same form is not looked at. From now on the upload does not expire, since an image
   * may be made of it at any moment. Should that fail, the sweep removes it a day later: until then
   * the event can be replayed.
   *
   * @returns the upload, or `undefined` when it waits for no object, or has taken another.
   */
  async take({ key, versionId }: ObjectVersion): Promise<PendingUpload | undefined> {
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: { imageId: key.slice(stagingPrefix.length) },
      UpdateExpression: "SET stagingVersion = :version, sweepAfter = :sweepAfter REMOVE expiresAt",
      ConditionExpression:
        "#state = :pending AND stagingKey = :key AND " +
        "(attribute_not_exists(stagingVersion) OR stagingVersion = :version)",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":pending": "pending",
        ":key": key,
        ":version": versionId,
        ":sweepAfter": keptFrom(new Date()).toISOString(),
      },
      ReturnValues: "ALL_NEW",
    });
    try {
      return (await this.#client.send(update)).Attributes as PendingUpload;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return undefined;
      }
      throw error;
    }
  }

  /** Rejects a direct upload. One that was deleted meanwhile stays deleted. */
  async reject({ imageId, key, stagingKey }: PendingUpload, rejection: Rejection): Promise<void> {
    const item: RejectedItem = {
      imageId,
      state: "rejected",
      key,
      stagingKey,
      rejection,
      expiresAt: Math.floor(Date.now() / 1000) + keptSeconds,
      neverReady: true,
    };
    const put = new PutCommand({
      TableName: this.#table,
      Item: item,
      ConditionExpression: "#state IN (:pending, :rejected)",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":pending": "pending", ":rejected": "rejected" },
    });
    await isMet(this.#client.send(put));
  }

  /** The upload of an object that has arrived, if it was rejected. */
  async rejected({ key }: ObjectVersion): Promise<RejectedItem | undefined> {
    const imageId = key.slice(stagingPrefix.length);
    const item = await readImageRow(this.#client, this.#table, imageId);
    return item?.state === "rejected" && item.neverReady ? item : undefined;
  }

  /** The status of a direct upload of the caller's, or `undefined` when there is none, or no more. */
  async status(imageId: string, caller: Caller): Promise<UploadStatus | undefined> {
    const item = ownRow(await readImageRow(this.#client, this.#table, imageId), caller);
    return item && statusOf(item, Date.now() / 1000);
  }

  async #begin(item: PendingItem | PendingUpload): Promise<boolean> {
    const put = new PutCommand({
      TableName: this.#table,
      Item: item,
      // An own row may be there: the SDK repeats a write whose answer was lost, and a client a
      // request. While it is being deleted, what an earlier attempt has stored is in the way of
      // nobody: see `finishPurge`.
      ConditionExpression:
        "attribute_not_exists(imageId) OR (#key = :key AND #state IN (:pending, :deleting))",
      ExpressionAttributeNames: { "#key": "key", "#state": "state" },
      ExpressionAttributeValues: {
        ":key": item.key,
        ":pending": "pending",
        ":deleting": "deleting",
      },
    });
    return await isMet(this.#client.send(put));
  }
}

/** The row of an upload whose object is still to arrive. */
function pendingUpload(image: ImageDescription, sweepAfter: Date): PendingUpload {
  return {
    ...image,
    state: "pending",
    stagingKey: stagingPrefix + image.imageId,
    sweep: sweepPartition,
    sweepAfter: sweepAfter.toISOString(),
  };
}

/** Until when an upload is kept that has ended at a time. */
function keptFrom(time: Date): Date {
  return new Date(time.getTime() + keptSeconds * 1000);
}

/** @param now in seconds since 1970: DynamoDB removes items some time after they have expired. */
function statusOf(item: ImageItem, now: number): UploadStatus | undefined {
  const expired = "expiresAt" in item && item.expiresAt !== undefined && item.expiresAt <= now;
  if (item.state === "deleting" || !("stagingKey" in item) || expired) {
    return undefined;
  }
  switch (item.state) {
    case "pending":
      return { status: "pending", ...formExpiryOf(item) };
    case "ready":
      return { status: "ready", imageId: item.imageId };
    case "rejected":
      return { status: "rejected", reason: item.rejection };
  }
}

/** Nothing once an object has arrived. */
function formExpiryOf({ expiresAt }: PendingUpload): { expiresAt?: string } {
  return expiresAt === undefined
    ? {}
    : { expiresAt: new Date((expiresAt - keptSeconds) * 1000).toISOString() };
}
