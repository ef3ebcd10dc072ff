import type { Store } from "dynalite/db";

import { act, check } from "./action";
import { allOf } from "./cancellation";
import { transactionCapacity, type Consumed } from "./consumed-capacity";
import { tableOf } from "./item-lock";
import type { AttributeMap, OperationInput, TableInput } from "./operation-input";
import { actionsOf } from "./transact-items";

/**
 * What a transaction that is sent again under its token says that it has consumed, if it was asked for: the items
 * are read instead of written.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function repeatedCapacity(
  store: Store,
  input: OperationInput,
): Promise<{ ConsumedCapacity?: object[] }> {
  const { ReturnConsumedCapacity = "NONE" } = input;
  if (ReturnConsumedCapacity === "NONE") {
    return {};
  }
  const reads = await allOf(actionsOf(input), async (action): Promise<Consumed> => {
    const { TableName } = action.input;
    const Key = await keyOf(store, action.input);
    const get = { TableName, Key, ConsistentRead: true, ReturnConsumedCapacity };
    return act(store, "GetItem", check(store, "GetItem", get));
  });
  return transactionCapacity(input, "ReadCapacityUnits", reads);
}

/** The key of an item that is put is a part of the item. */
async function keyOf(store: Store, { TableName = "", Item, Key }: TableInput): Promise<object> {
  if (Item === undefined) {
    return Key ?? {};
  }
  const { KeySchema } = await tableOf(store, TableName);
  const key: AttributeMap = {};
  for (const { AttributeName } of KeySchema) {
    const value = Item[AttributeName];
    if (value !== undefined) {
      key[AttributeName] = value;
    }
  }
  return key;
}
