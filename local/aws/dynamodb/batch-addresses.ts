import type { Store } from "dynalite/db";

import type { CheckedInput } from "./action";
import { addressOf, areDistinct, type ItemAddress } from "./item-lock";

/**
 * The items that BatchWriteItem writes. Where one of its requests does not fit its table, or an item is
 * named twice, there are none: nothing of it is written then.
 */
export async function batchAddresses(
  store: Store,
  { RequestItems = {} }: CheckedInput,
): Promise<ItemAddress[]> {
  const inputs = Object.entries(RequestItems).flatMap(([TableName, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) => ({
      TableName,
      ...PutRequest,
      ...DeleteRequest,
    })),
  );
  const outcomes = await Promise.allSettled(inputs.map((input) => addressOf(store, input)));
  const addresses = outcomes.flatMap((outcome) =>
    outcome.status === "fulfilled" ? outcome.value : [],
  );
  return addresses.length === inputs.length && areDistinct(addresses) ? addresses : [];
}
