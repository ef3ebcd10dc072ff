import { IdempotencyItemAlreadyExistsError } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";

type Answer = Parameters<DynamoDBPersistenceLayer["_putRecord"]>[0];

/**
 * Keeps the answers of requests that may be repeated.
 *
 * Unlike its base, it recognises a request that meets itself: a write whose answer was lost is
 * repeated by the SDK. Else that request would be told that it is in progress, for as long as a
 * function may run.
 */
export class AnswerStore extends DynamoDBPersistenceLayer {
  protected override async _putRecord(answer: Answer): Promise<void> {
    // The fraction tells apart attempts whose time is up in the same millisecond.
    const mark = (answer.inProgressExpiryTimestamp ?? 0) + Math.random();
    answer.inProgressExpiryTimestamp = mark;
    try {
      await super._putRecord(answer);
    } catch (error) {
      const isOwn =
        error instanceof IdempotencyItemAlreadyExistsError &&
        error.existingRecord?.inProgressExpiryTimestamp === mark;
      if (!isOwn) {
        throw error;
      }
    }
  }
}
