import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { ApiError } from "./errors";

/** How long a request's claim and answer are kept after it, in seconds. */
export const keptSeconds = 24 * 60 * 60;

/** A request that may be repeated. */
export interface RepeatableRequest {
  /** Digest of the key, of who sent it and of the operation: the same for every attempt. */
  scope: string;
  /** Digest of what is asked for. */
  digest: string;
}

/** What an attempt at a request works with. */
export interface Claim {
  /** Of what the request makes: the same for every attempt. */
  madeId: string;
  /** Whether no attempt before has claimed it. */
  isFirst: boolean;
}

/**
 * Gives every attempt at one request the same id for what it makes: an attempt that finds the work
 * of one that crashed sees that it is its own. DynamoDB removes claims that are past their time
 * late, so that they are told by that time.
 */
export class Claims {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * Claims `newId` for a request, or finds what it claimed before. A write whose answer was lost
   * is repeated by the SDK, and then finds itself.
   *
   * @throws ApiError 422 `IdempotencyKeyReused` when another request claimed that key.
   */
  async claim({ scope, digest }: RepeatableRequest, newId: string): Promise<Claim> {
    const now = Date.now() / 1000;
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...key(scope),
            madeId: { S: newId },
            digest: { S: digest },
            // Rounded down, so that a claim never outlives the answer of its request.
            expiration: { N: String(Math.floor(now) + keptSeconds) },
          },
          ConditionExpression: "attribute_not_exists(id) OR expiration < :now",
          ExpressionAttributeValues: { ":now": { N: String(now) } },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { madeId: newId, isFirst: true };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException && error.Item?.madeId?.S) {
        if (error.Item.digest?.S !== digest) {
          throw keyReused();
        }
        return { madeId: error.Item.madeId.S, isFirst: false };
      }
      throw error;
    }
  }

  /** Gives up the claim of a request that had no effect, so that its key is free for another. */
  async release({ scope }: RepeatableRequest): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: key(scope) }));
  }
}

/** The answer to a key that came with another request before: 422 `IdempotencyKeyReused`. */
export function keyReused(): ApiError {
  return new ApiError(
    422,
    "IdempotencyKeyReused",
    "This Idempotency-Key came with another request: use a new key for every request.",
  );
}

function key(scope: string) {
  return { id: { S: `claim#${scope}` } };
}
