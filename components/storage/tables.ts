import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  imagesTableKeys,
  imagesTableTtl,
  similarIndex,
  sweepIndex,
  timelineIndex,
  userIndex,
} from "../../handlers/images/images-table";
import { tagIndex, tagsTableKeys, userTagIndex } from "../../handlers/images/tags-table";
import { resultsTableKeys, userResultsIndex } from "../../handlers/records/results-table";
import { usersTableKeys } from "../../handlers/users/users-table";
import type { Capacity } from "../config/capacity-config";

/** What every table is created by. */
export interface TableOptions {
  /** Whether the table refuses to be deleted: by a deployment, and by anyone. */
  protectData: boolean;
  /** Whether what changes its items is told by a stream, with the items before and after. `@default` false */
  tellsChanges?: boolean;
  parent: pulumi.Resource;
}

/** Creates the table of images, of uploads that may become some, and of what is being deleted. */
export function createImagesTable(name: string, options: TableOptions): aws.dynamodb.Table {
  const { imageId, userId, collection, timestamp, sweep, sweepAfter, perceptualHash } =
    imagesTableKeys;
  return createTable(name, options, {
    hashKey: imageId,
    attributes: strings(imageId, userId, collection, timestamp, sweep, sweepAfter, perceptualHash),
    globalSecondaryIndexes: [
      index(userIndex, "ALL", userId, timestamp),
      index(timelineIndex, "ALL", collection, timestamp),
      index(sweepIndex, "ALL", sweep, sweepAfter),
      index(similarIndex, "KEYS_ONLY", userId, perceptualHash),
    ],
    ttl: { enabled: true, attributeName: imagesTableTtl },
  });
}

/** Creates the table that finds images by tag: an entry for each tag of an image. */
export function createTagsTable(name: string, options: TableOptions): aws.dynamodb.Table {
  const { imageId, tag, userTag, timestamp } = tagsTableKeys;
  return createTable(name, options, {
    hashKey: imageId,
    rangeKey: tag,
    attributes: strings(imageId, tag, userTag, timestamp),
    globalSecondaryIndexes: [
      index(tagIndex, "KEYS_ONLY", tag, timestamp),
      index(userTagIndex, "KEYS_ONLY", userTag, timestamp),
    ],
  });
}

/**
 * Creates the table that remembers answers by `Idempotency-Key`, with the names that the persistence
 * layer of Powertools has by default.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 */
export function createIdempotencyTable(name: string, options: TableOptions): aws.dynamodb.Table {
  return createTable(name, options, {
    hashKey: "id",
    attributes: strings("id"),
    ttl: { enabled: true, attributeName: "expiration" },
  });
}

/** Creates the table that counts the images of each user. */
export function createUsersTable(name: string, options: TableOptions): aws.dynamodb.Table {
  const { userId } = usersTableKeys;
  return createTable(name, options, { hashKey: userId, attributes: strings(userId) });
}

/** Creates the table of records, with this provisioned capacity or, without one, on demand. */
export function createRecordsTable(
  name: string,
  capacity: Capacity | undefined,
  options: TableOptions,
): aws.dynamodb.Table {
  return createTable(name, options, {
    ...(capacity && { billingMode: "PROVISIONED", ...capacity }),
    hashKey: "id",
    attributes: strings("id"),
  });
}

/** Creates the table that lists results: by the id of their record, and by user and id. */
export function createResultsTable(name: string, options: TableOptions): aws.dynamodb.Table {
  const { id, position, userRecord } = resultsTableKeys;
  return createTable(name, options, {
    hashKey: id,
    rangeKey: position,
    attributes: strings(id, position, userRecord),
    globalSecondaryIndexes: [index(userResultsIndex, "ALL", userRecord, position)],
  });
}

/**
 * A table on demand unless it says otherwise, restorable to any second of the last 35 days, and
 * encrypted with the key that AWS manages for DynamoDB in this account.
 */
function createTable(
  name: string,
  { protectData, tellsChanges = false, parent }: TableOptions,
  args: aws.dynamodb.TableArgs,
) {
  return new aws.dynamodb.Table(
    name,
    {
      billingMode: "PAY_PER_REQUEST",
      ...args,
      ...(tellsChanges && { streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" }),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: protectData,
    },
    { parent, protect: protectData },
  );
}

/** Key attributes, all of which are strings. */
function strings(...names: string[]) {
  return names.map((name) => ({ name, type: "S" }));
}

/** An index that sorts the items of each partition by another attribute. */
function index(name: string, projectionType: "ALL" | "KEYS_ONLY", hash: string, range: string) {
  return {
    name,
    projectionType,
    keySchemas: [
      { attributeName: hash, keyType: "HASH" },
      { attributeName: range, keyType: "RANGE" },
    ],
  };
}
