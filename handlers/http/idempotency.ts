import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from "@aws-lambda-powertools/idempotency";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyResult, Context } from "aws-lambda";
import { AnswerStore } from "./answer-store";
import { Claims, keptSeconds, keyReused, type RepeatableRequest } from "./claims";
import { ApiError, OutcomeUnknownError } from "./errors";

/** Makes what a request asks for, under an id; answers with what is to be stored and replayed. */
export type Attempt = (madeId: string) => Promise<APIGatewayProxyResult>;

/**
 * Lets requests be repeated without a second effect: for a day, a repetition gets the stored
 * answer, byte for byte, with the header `Idempotency-Replayed: true`. Only successes are stored.
 *
 * An attempt that ends without an answer, such as by a crash, bars others until its function's time
 * is up. The next one then goes on under the same id.
 */
export class Idempotency {
  readonly #claims: Claims;
  readonly #config: IdempotencyConfig;
  readonly #store: AnswerStore;

  /** @param table has the partition key `id`, and `expiration` for its time to live. */
  constructor(client: DynamoDBClient, table: string) {
    this.#claims = new Claims(client, table);
    this.#store = new AnswerStore({ tableName: table, awsSdkV3Client: client });
    this.#config = new IdempotencyConfig({
      eventKeyJmesPath: "scope",
      payloadValidationJmesPath: "digest",
      expiresAfterSeconds: keptSeconds,
      hashFunction: "sha256",
      responseHook: (answer) => replayed(answer as unknown as APIGatewayProxyResult),
    });
  }

  /**
   * Attempts a request, or replays its answer.
   *
   * @param context tells how long the attempt can take at most.
   * @param newId an id for what the request makes, should this be the first attempt.
   * @throws ApiError 409 `RequestInProgress`, 422 `IdempotencyKeyReused`, or as `attempt` does.
   */
  async run(
    request: RepeatableRequest,
    context: Context,
    newId: string,
    attempt: Attempt,
  ): Promise<APIGatewayProxyResult> {
    this.#config.registerLambdaContext(context);
    const runOnce = makeIdempotent(
      (once: RepeatableRequest) => this.#runClaimed(once, newId, attempt),
      { persistenceStore: this.#store, config: this.#config, keyPrefix: "answer" },
    );
    try {
      return await runOnce(request);
    } catch (error) {
      throw toApiError(error);
    }
  }

  async #runClaimed(
    request: RepeatableRequest,
    newId: string,
    attempt: Attempt,
  ): Promise<APIGatewayProxyResult> {
    const { madeId, isFirst } = await this.#claims.claim(request, newId);
    try {
      return await attempt(madeId);
    } catch (error) {
      // What may have been done is gone on with by the next attempt.
      if (isFirst && error instanceof ApiError && !(error instanceof OutcomeUnknownError)) {
        await this.#claims.release(request);
      }
      throw error;
    }
  }
}

function replayed(answer: APIGatewayProxyResult) {
  return { ...answer, headers: { ...answer.headers, "Idempotency-Replayed": "true" } };
}

function toApiError(error: unknown): unknown {
  if (error instanceof IdempotencyValidationError) {
    return keyReused();
  }
  if (error instanceof IdempotencyAlreadyInProgressError) {
    const message = "A request with this Idempotency-Key is being worked on: try again shortly.";
    return new ApiError(409, "RequestInProgress", message, {}, { "Retry-After": "1" });
  }
  return error;
}
