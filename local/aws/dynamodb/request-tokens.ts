import { createHash } from "node:crypto";

import type { BatchOperation, Store } from "dynalite/db";

import { AwsError } from "../aws-error";
import { validationError } from "./errors";
import type { OperationInput } from "./operation-input";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const windowMs = 10 * 60 * 1000;
const maxLength = 36;

/** Keys of the store; no table of dynalite's has any that begin so. */
const keyOf = (token: string) => `token~${token}`;
const allKeys = { gte: keyOf(""), lt: "token\u007f" };

/** What is kept of a request that succeeded. */
interface Kept {
  digest: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** Sees to it that a transaction that is sent again under the same token has one effect. */
export class RequestTokens {
  readonly #store: Store;
  readonly #clock: () => Date;
  readonly #inProgress = new Set<string>();

  constructor(store: Store, clock: () => Date) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Calls `effect`, unless it succeeded under the same token within the last ten minutes.
   *
   * @param effect must write the operations that it is given together with its own.
   * @throws AwsError `IdempotentParameterMismatchException`, `TransactionInProgressException`,
   * `ValidationException`, and what `effect` throws.
   */
  async once(
    { ClientRequestToken: token, TransactItems = [] }: OperationInput,
    effect: (operations: BatchOperation[]) => Promise<void>,
  ): Promise<void> {
    if (token === undefined) {
      await effect([]);
      return;
    }
    this.#begin(token);
    try {
      const digest = digestOf(TransactItems);
      const earlier = await this.#find(token);
      if (earlier === undefined) {
        const expires = this.#clock().getTime() + windowMs;
        await effect([{ type: "put", key: keyOf(token), value: { digest, expires } }]);
      } else if (earlier.digest !== digest) {
        throw new AwsError(
          "IdempotentParameterMismatchException",
          "The request was made again with the same client token but other parameters",
        );
      }
    } finally {
      this.#inProgress.delete(token);
    }
  }

  /** Removes the tokens whose time is over. */
  async sweep(): Promise<void> {
    const expired: BatchOperation[] = [];
    for await (const [key, value] of this.#store.db.iterator(allKeys)) {
      if (this.#isOver(value as Kept)) {
        expired.push({ type: "del", key });
      }
    }
    await this.#store.db.batch(expired);
  }

  #begin(token: string): void {
    if (token.length === 0 || token.length > maxLength) {
      throw validationError(
        `1 validation error detected: Value at 'clientRequestToken' failed to satisfy constraint: Member must have length between 1 and ${maxLength}`,
      );
    }
    if (this.#inProgress.has(token)) {
      throw new AwsError(
        "TransactionInProgressException",
        "The transaction with the given request token is already in progress.",
      );
    }
    this.#inProgress.add(token);
  }

  async #find(token: string): Promise<Kept | undefined> {
    const kept = (await this.#store.db.get(keyOf(token))) as Kept | undefined;
    return kept === undefined || this.#isOver(kept) ? undefined : kept;
  }

  #isOver({ expires }: Kept): boolean {
    return expires <= this.#clock().getTime();
  }
}

/** The same for requests that differ in the order of members alone. */
function digestOf(request: object): string {
  const text = JSON.stringify(request, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex");
}
