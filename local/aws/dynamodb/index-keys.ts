import { traverseIndexes, type StoredTable } from "dynalite/db";

import { emptyKey } from "./check-expressions";
import { isEmpty, type Value } from "./equal-values";
import { invalidParameters, validationError } from "./errors";
import type { ItemChange } from "./streams/stream-record";
import type { KeySchemaElement } from "./table-definition";

/** In bytes, of tables and of indexes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maxKeyBytes: Readonly<Record<KeySchemaElement["KeyType"], number>> = {
  HASH: 2048,
  RANGE: 1024,
};

/** Whether a value is longer than a part of a key may be. */
export function isTooLong(value: Value | undefined, keyType: KeySchemaElement["KeyType"]): boolean {
  return bytesIn(value) > maxKeyBytes[keyType];
}

/** Whether there are keys that a value cannot be a part of, as it is empty or too long. */
export function mayBeNoKey(value: Value): boolean {
  return isEmpty(value) || isTooLong(value, "RANGE");
}

/**
 * Requires that what a write makes of an item has nothing for a key of an index that is empty or too long.
 *
 * @param isUpdate whether the item is updated in place of written as a whole.
 * @throws AwsError `ValidationException`.
 */
export function requireIndexKeys(
  { before, after }: ItemChange,
  table: StoredTable,
  isUpdate: boolean,
): void {
  traverseIndexes(table, (name, type, { IndexName, KeySchema }) => {
    const value = after?.[name];
    if (isUpdate && before?.[name]?.[type] === value?.[type]) {
      return;
    }
    if (value?.[type] === "") {
      throw validationError(
        `One or more parameter values are not valid. ${
          isUpdate
            ? `The update expression attempted to update the secondary index key to a value that is not supported. ${emptyKey(type)}`
            : `A value specified for a secondary index key is not supported. ${emptyKey(type)} IndexName: ${IndexName}, IndexKey: ${name}`
        }`,
      );
    }
    const keyType = KeySchema.find(({ AttributeName }) => AttributeName === name)?.KeyType;
    if (keyType && isTooLong(value, keyType)) {
      throw invalidParameters(
        `Size limit exceeded for Index Key ${name} Actual Size: ${bytesIn(value)} bytes Max Size: ${maxKeyBytes[keyType]} bytes IndexName: ${IndexName}`,
      );
    }
  });
}

/**
 * Requires that no part of an item's own key is too long: dynalite counts characters.
 *
 * @param item one, or the key of one.
 * @throws AwsError `ValidationException`.
 */
export function requireKeySize(
  item: Readonly<Record<string, Value>>,
  { KeySchema }: { KeySchema: readonly KeySchemaElement[] },
): void {
  for (const { AttributeName, KeyType } of KeySchema) {
    if (isTooLong(item[AttributeName], KeyType)) {
      throw invalidParameters(
        KeyType === "HASH"
          ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
          : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
      );
    }
  }
}

/** Numbers have none that count. */
function bytesIn({ S, B }: Value = {}): number {
  if (typeof S === "string") {
    return Buffer.byteLength(S);
  }
  return typeof B === "string" ? Buffer.byteLength(B, "base64") : 0;
}
