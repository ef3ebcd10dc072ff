import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { isMet } from "../aws/conditional-write";
import { canonicalJson } from "../http/canonical-json";
import { etagOf } from "../http/entity-tags";
import { fromAttributes, toAttributes } from "./attributes";
import type { Fields } from "./document";
import { recordsTableKeys, revisionName } from "./records-table";

/** A record as it was read. */
export interface FoundRecord {
  /** All that clients know of it, `id` included. */
  fields: Fields;
  /** Of the last PUT /records/{id}, if there was any. */
  revision: AttributeValue | undefined;
}

type Condition = Pick<
  PutItemCommandInput,
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/** The records table. */
export class Records {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** The record of this id, as every write that was acknowledged has left it. */
  async read(id: string): Promise<FoundRecord | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf(id), ConsistentRead: true }),
    );
    if (!Item) {
      return undefined;
    }
    const { [revisionName]: revision, ...attributes } = Item;
    return { fields: fromAttributes(attributes), revision };
  }

  /**
   * Puts a record in the place of what was read.
   *
   * @param fields with the `id`.
   * @param found what was read; `undefined` if nothing was.
   * @returns whether that was still so.
   */
  async put(fields: Fields, found: FoundRecord | undefined): Promise<boolean> {
    const revision = randomUUID();
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: { ...toAttributes(fields), [revisionName]: { S: revision } },
      ...asRead(found),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await this.#client.send(put);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        // The SDK's own attempt before may have put it, whose answer was lost.
        return error.Item?.[revisionName]?.S === revision;
      }
      throw error;
    }
  }

  /**
   * Removes what was read.
   *
   * @returns whether it was still there as it was, or is not there any more.
   */
  async remove(id: string, found: FoundRecord): Promise<boolean> {
    const { ConditionExpression = "", ...values } = asRead(found);
    const remove = new DeleteItemCommand({
      TableName: this.#table,
      Key: keyOf(id),
      ConditionExpression: `attribute_not_exists(#id) OR (${ConditionExpression})`,
      ...values,
    });
    return await isMet(this.#client.send(remove));
  }
}

function keyOf(id: string): Record<string, AttributeValue> {
  return { [recordsTableKeys.id]: { S: id } };
}

/** That a record is as it was read, as far as PUT /records/{id} changes any. */
function asRead(found: FoundRecord | undefined): Condition {
  const names = { "#id": recordsTableKeys.id };
  if (!found) {
    return {
      ConditionExpression: "attribute_not_exists(#id)",
      ExpressionAttributeNames: names,
    };
  }
  const { revision } = found;
  return {
    ConditionExpression: `attribute_exists(#id) AND ${
      revision ? "#revision = :revision" : "attribute_not_exists(#revision)"
    }`,
    ExpressionAttributeNames: { ...names, "#revision": revisionName },
    ...(revision && { ExpressionAttributeValues: { ":revision": revision } }),
  };
}

/** The entity tag of a record: the same for the same JSON value, however it is written. */
export function recordEtag(fields: Fields): string {
  return etagOf(canonicalJson(fields));
}
