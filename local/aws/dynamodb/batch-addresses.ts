import type { Store } from "dynalite/db";

import type { CheckedInput } from "./action";
import { addressOf, areDistinct, type ItemAddress } from "./item-lock";

/**
 * The items that BatchWriteItem writes. Where an item is named twice there are none: nothing of it is written then.
 *
 * @throws AwsError as {@link addressOf}, for the first of its requests that does not fit its table.
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
  const addresses: ItemAddress[] = [];
  for (const input of inputs) {
    addresses.push(await addressOf(store, input));
  }
  return areDistinct(addresses) ? addresses : [];
}
