import { traverseIndexes, type StoredTable } from "dynalite/db";

import { emptyKey } from "./check-expressions";
import { validationError } from "./errors";
import type { ItemChange } from "./streams/stream-record";

/**
 * Requires that what a write makes of an item has no empty text or bytes for a key of an index.
 *
 * @param isUpdate whether the item is updated in place of written as a whole.
 * @throws AwsError `ValidationException`.
 */
export function requireIndexKeys(
  { before, after }: ItemChange,
  table: StoredTable,
  isUpdate: boolean,
): void {
  traverseIndexes(table, (name, type, { IndexName }) => {
    const isNew = before?.[name]?.[type] !== after?.[name]?.[type];
    if (after?.[name]?.[type] === "" && (isNew || !isUpdate)) {
      throw validationError(
        `One or more parameter values are not valid. ${
          isUpdate
            ? `The update expression attempted to update the secondary index key to a value that is not supported. ${emptyKey(type)}`
            : `A value specified for a secondary index key is not supported. ${emptyKey(type)} IndexName: ${IndexName}, IndexKey: ${name}`
        }`,
      );
    }
  });
}
