import { itemSize, type Store } from "dynalite/db";

import { act, check, type CheckedInput } from "./action";
import { allOf } from "./cancellation";
import { validationError } from "./errors";
import { addressOf, withLock, type ItemAddress } from "./item-lock";
import type { OperationInput } from "./operation-input";
import type { RequestTokens } from "./request-tokens";
import { stageWrite, type StagedWrite } from "./staged-write";
import { actionsOf, transactKinds, type TransactKind } from "./transact-items";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const maxBytes = 4 * 1024 * 1024;

interface CheckedAction {
  kind: TransactKind;
  input: CheckedInput;
}

/**
 * Transactions over the items of all tables. One waits for another that has to do with the same
 * items, and for other writes of them: AWS may as well cancel it, with `TransactionConflict`.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
export class Transactions {
  readonly #store: Store;
  readonly #tokens: RequestTokens;

  constructor(store: Store, tokens: RequestTokens) {
    this.#store = store;
    this.#tokens = tokens;
  }

  /**
   * TransactWriteItems: all writes or, when one is impossible or the process ends, none.
   *
   * @throws AwsError `TransactionCanceledException`, `IdempotentParameterMismatchException`,
   * `TransactionInProgressException`, `ValidationException`.
   */
  async write(input: OperationInput): Promise<object> {
    await this.#tokens.once(input, async (token) => {
      const actions = this.#check(input);
      await withLock(this.#store, await this.#addresses(actions), async () => {
        const staged = await allOf(actions, (action) => this.#stage(action));
        const items = staged.flatMap(({ item }) => item);
        requireSize(items.map((item) => (item.type === "put" ? itemSize(item.value) : 0)));
        const entries = staged.flatMap(({ entries }) => entries);
        await this.#store.db.batch([...items, ...entries, ...token]);
      });
    });
    return {};
  }

  /**
   * TransactGetItems: the items as they are at one moment.
   *
   * @throws AwsError `TransactionCanceledException`, `ValidationException`.
   */
  async get(input: OperationInput): Promise<object> {
    const actions = this.#check(input);
    return withLock(this.#store, await this.#addresses(actions), async () => {
      const Responses = await allOf(actions, (action) => this.#get(action));
      requireSize(Responses.map(({ Item = {} }) => itemSize(Item)));
      return { Responses };
    });
  }

  #check(input: OperationInput): CheckedAction[] {
    return actionsOf(input).map(({ kind, input }) => ({
      kind,
      input: check(this.#store, transactKinds[kind].operation, input),
    }));
  }

  async #addresses(actions: CheckedAction[]): Promise<ItemAddress[]> {
    const addresses = await allOf(actions, ({ input }) => addressOf(this.#store, input));
    const distinct = new Set(addresses.map(({ tableName, key }) => `${tableName}/${key}`));
    if (distinct.size < addresses.length) {
      throw validationError("Transaction request cannot include multiple operations on one item");
    }
    return addresses;
  }

  async #get({ input }: CheckedAction): Promise<{ Item?: object }> {
    return act(this.#store, "GetItem", input);
  }

  async #stage({ kind, input }: CheckedAction): Promise<StagedWrite> {
    const staged = await stageWrite(this.#store, transactKinds[kind].operation, input);
    return kind === "ConditionCheck" ? { ...staged, item: [], entries: [] } : staged;
  }
}

function requireSize(bytes: readonly number[]): void {
  if (bytes.reduce((total, size) => total + size, 0) > maxBytes) {
    throw validationError("The aggregate size of the items in the transaction cannot exceed 4 MB");
  }
}
