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
import type { TableDefinition } from "../../local/aws/dynamodb/table-definition";
import { limitSettings } from "./callers";
import { settings } from "./support";

const image = imagesTableKeys;
const tag = tagsTableKeys;
const result = resultsTableKeys;

/** The images table as the program makes it. */
export const imagesTable: TableDefinition = {
  TableName: settings.IMAGES_TABLE,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [{ AttributeName: image.imageId, KeyType: "HASH" }],
  AttributeDefinitions: strings(image),
  GlobalSecondaryIndexes: [
    index(userIndex, image.userId, image.timestamp, "ALL"),
    index(timelineIndex, image.collection, image.timestamp, "ALL"),
    index(sweepIndex, image.sweep, image.sweepAfter, "ALL"),
    index(similarIndex, image.userId, image.perceptualHash, "KEYS_ONLY"),
  ],
  TimeToLiveAttribute: imagesTableTtl,
};

/** The tags table as the program makes it. */
export const tagsTable: TableDefinition = {
  TableName: settings.TAGS_TABLE,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [
    { AttributeName: tag.imageId, KeyType: "HASH" },
    { AttributeName: tag.tag, KeyType: "RANGE" },
  ],
  AttributeDefinitions: strings(tag),
  GlobalSecondaryIndexes: [
    index(tagIndex, tag.tag, tag.timestamp, "KEYS_ONLY"),
    index(userTagIndex, tag.userTag, tag.timestamp, "KEYS_ONLY"),
  ],
};

/** The results table as the program makes it. */
export const resultsTable: TableDefinition = {
  TableName: settings.RESULTS_TABLE,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [
    { AttributeName: result.id, KeyType: "HASH" },
    { AttributeName: result.position, KeyType: "RANGE" },
  ],
  AttributeDefinitions: strings(result),
  GlobalSecondaryIndexes: [index(userResultsIndex, result.userRecord, result.position, "ALL")],
};

/** The users table as the program makes it where there is an issuer. */
export const usersTable: TableDefinition = {
  TableName: limitSettings.USERS_TABLE,
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [{ AttributeName: usersTableKeys.userId, KeyType: "HASH" }],
  AttributeDefinitions: strings(usersTableKeys),
};

function strings(attributes: Record<string, string>): TableDefinition["AttributeDefinitions"] {
  return Object.values(attributes).map((AttributeName) => ({ AttributeName, AttributeType: "S" }));
}

function index(name: string, hash: string, range: string, projection: "ALL" | "KEYS_ONLY") {
  return {
    IndexName: name,
    KeySchema: [
      { AttributeName: hash, KeyType: "HASH" as const },
      { AttributeName: range, KeyType: "RANGE" as const },
    ],
    Projection: { ProjectionType: projection },
  };
}
