import { itemSize } from "dynalite/db";
import { z } from "zod";

import { parseInput } from "../parse-input";
import { act, check, type CheckedInput } from "./action";
import { allOf } from "./cancellation";
import { transactionCapacity, type Consumed } from "./consumed-capacity";
import type { Engine } from "./engine";
import { validationError } from "./errors";
import { withIndexCapacity } from "./index-capacity";
import { collectionsOf } from "./item-collections";
import { addressOf, areDistinct, withLock, type ItemAddress } from "./item-lock";
import type { OperationInput } from "./operation-input";
import { repeatedCapacity } from "./repeated-transaction";
import type { RequestTokens } from "./request-tokens";
import { stageWrite, type StagedWrite } from "./staged-write";
import { actionsOf, transactKinds, type TransactKind } from "./transact-items";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const maxBytes = 4 * 1024 * 1024;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const metricsInput = z.object({
  ReturnItemCollectionMetrics: z.enum(["SIZE", "NONE"]).optional(),
});

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
  readonly #engine: Engine;
  readonly #tokens: RequestTokens;

  constructor(engine: Engine, tokens: RequestTokens) {
    this.#engine = engine;
    this.#tokens = tokens;
  }

  /**
   * TransactWriteItems: all writes or, when one is impossible or the process ends, none. What is sent again
   * under its token tells what it consumes by reading.
   *
   * @throws AwsError `TransactionCanceledException`, `IdempotentParameterMismatchException`,
   * `TransactionInProgressException`, `ValidationException`.
   */
  async write(input: OperationInput): Promise<object> {
    const metrics = parseInput(metricsInput, input);
    let told: object | undefined;
    await this.#tokens.once(input, async (token) => {
      const actions = this.#check(input);
      await withLock(this.#engine.store, await this.#addresses(actions), async () => {
        const staged = await allOf(actions, (action) => this.#stage(action));
        const items = staged.flatMap(({ item }) => item);
        requireSize(items.map((item) => (item.type === "put" ? itemSize(item.value) : 0)));
        const entries = staged.flatMap(({ entries }) => entries);
        told = {
          ...transactionCapacity(input, "WriteCapacityUnits", outputs(staged)),
          ...(await this.#collections(metrics, actions)),
        };
        await this.#engine.streams.commit(
          [...items, ...entries, ...token],
          staged.flatMap(({ changes }) => changes),
        );
      });
    });
    return told ?? repeatedCapacity(this.#engine.store, input);
  }

  /**
   * TransactGetItems: the items as they are at one moment.
   *
   * @throws AwsError `TransactionCanceledException`, `ValidationException`.
   */
  async get(input: OperationInput): Promise<object> {
    const actions = this.#check(input);
    return withLock(this.#engine.store, await this.#addresses(actions), async () => {
      const read = await allOf(actions, (action) => this.#get(action));
      requireSize(read.map(({ Item = {} }) => itemSize(Item)));
      return {
        Responses: read.map(({ Item }) => ({ Item })),
        ...transactionCapacity(input, "ReadCapacityUnits", read),
      };
    });
  }

  /** Of what is written: checks change nothing. */
  async #collections(
    asked: z.infer<typeof metricsInput>,
    actions: readonly CheckedAction[],
  ): Promise<object> {
    const writes = actions.filter(({ kind }) => kind !== "ConditionCheck");
    const inputs = writes.map((action) => action.input);
    return collectionsOf(this.#engine.store, asked, inputs);
  }

  #check(input: OperationInput): CheckedAction[] {
    const { ReturnConsumedCapacity } = input;
    return actionsOf(input).map(({ kind, input }) => {
      const { operation } = transactKinds[kind];
      const ConsistentRead = kind === "Get" ? true : undefined;
      const action = { ...input, ConsistentRead, ReturnConsumedCapacity };
      return { kind, input: check(this.#engine.store, operation, action) };
    });
  }

  async #addresses(actions: CheckedAction[]): Promise<ItemAddress[]> {
    const addresses = await allOf(actions, ({ input }) => addressOf(this.#engine.store, input));
    if (!areDistinct(addresses)) {
      throw validationError("Transaction request cannot include multiple operations on one item");
    }
    return addresses;
  }

  async #get({ input }: CheckedAction): Promise<Consumed & { Item?: object }> {
    return act(this.#engine.store, "GetItem", input);
  }

  async #stage({ kind, input }: CheckedAction): Promise<StagedWrite> {
    const { store } = this.#engine;
    const staged = await stageWrite(store, transactKinds[kind].operation, input);
    return kind === "ConditionCheck"
      ? { ...staged, item: [], entries: [], changes: [] }
      : withIndexCapacity(store, input, staged);
  }
}

function outputs(staged: readonly StagedWrite[]): Consumed[] {
  return staged.map(({ output }) => output);
}

function requireSize(bytes: readonly number[]): void {
  if (bytes.reduce((total, size) => total + size, 0) > maxBytes) {
    throw validationError("The aggregate size of the items in the transaction cannot exceed 4 MB");
  }
}
