import { createHash } from "node:crypto";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { Caller } from "../users/caller";
import { ownIdOf } from "../users/ownership";
import type { Operation } from "./api-handler";
import { canonicalJson } from "./canonical-json";
import type { RepeatableRequest } from "./claims";
import { ApiError } from "./errors";
import type { Idempotency } from "./idempotency";
import { findHeader } from "./request";
import { IdempotencyKey } from "./schemas";

/** An operation that makes something, and that clients may repeat until they know the answer. */
export interface RepeatableOperation<Input extends object, Output> extends Omit<
  Operation<Input, Output>,
  "act"
> {
  /** Keys of one operation are no other's. */
  name: string;
  /** An id for what the operation makes. */
  newId(): string;
  /**
   * Acts, or goes on from what an earlier attempt under the same id has done.
   *
   * @throws ApiError only if nothing was done; an `OutcomeUnknownError` if that is not known.
   */
  act(input: Input, id: string): Promise<Output>;
}

/** An input, and what tells its repetitions if the client sent a key. */
export interface KeyedInput<Input> {
  input: Input;
  context: Context;
  request: RepeatableRequest | undefined;
}

/** Makes an operation honour `Idempotency-Key`; requests without it are none of its business. */
export function repeatable<Input extends object, Output>(
  idempotency: Idempotency,
  operation: RepeatableOperation<Input, Output>,
): Operation<KeyedInput<Input>, APIGatewayProxyResult> {
  return {
    async parse(event, invocation) {
      const input = await operation.parse(event, invocation);
      const { context, caller } = invocation;
      const scope = { operation: operation.name, caller };
      return { input, context, request: readRequest(event, scope, input) };
    },
    async act({ input, context, request }) {
      const attempt = async (id: string) => operation.respond(await operation.act(input, id));
      const newId = operation.newId();
      return request
        ? await idempotency.run(request, context, newId, attempt)
        : await attempt(newId);
    },
    respond: (response) => response,
  };
}

/** @throws ApiError 400 `InvalidIdempotencyKey`. */
function readRequest(
  event: APIGatewayProxyEvent,
  { operation, caller }: { operation: string; caller: Caller },
  input: object,
): RepeatableRequest | undefined {
  const key = findHeader(event, "idempotency-key");
  if (key === undefined) {
    return undefined;
  }
  if (!IdempotencyKey.safeParse(key).success) {
    throw new ApiError(
      400,
      "InvalidIdempotencyKey",
      "Idempotency-Key must be 1 to 255 visible ASCII characters.",
    );
  }
  const { apiKeyId } = event.requestContext.identity;
  // To whichever key of the API a user's requests count: that changes when keys are rotated.
  const who = ownIdOf(caller) === undefined ? { caller, apiKeyId } : { caller };
  return { scope: digest({ operation, ...who, key }), digest: digest(input) };
}

/** Stands for what a request asks for, however it is written; an image's bytes are what they are. */
function digest(input: object): string {
  const hash = createHash("sha256");
  for (const [name, value] of Object.entries(input) as [string, unknown][]) {
    const part = value instanceof Uint8Array ? value : canonicalJson(value);
    hash.update(`${name}:${part.length}:`).update(part);
  }
  return hash.digest("base64url");
}
