import type { Actions } from "../aws/transactions";
import type { ImageItem, ReadyItem } from "./images-table";

/** A condition of a write, with the names and values in it. */
export interface Condition {
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
}

/** That a row is as it was read: what else may change of a row changes one of these, too. */
export function asRead(item: ImageItem): Condition {
  const { sweepAfter } = item;
  const revision = "revision" in item ? item.revision : undefined;
  const isOwed = "invalidationOwed" in item && item.invalidationOwed === true;
  return {
    ConditionExpression: [
      "#state = :state",
      sweepAfter === undefined ? "attribute_not_exists(sweepAfter)" : "sweepAfter = :sweepAfter",
      revision === undefined ? "attribute_not_exists(#revision)" : "#revision = :revision",
      `${isOwed ? "attribute_exists" : "attribute_not_exists"}(invalidationOwed)`,
    ].join(" AND "),
    ExpressionAttributeNames: { "#state": "state", "#revision": "revision" },
    ExpressionAttributeValues: {
      ":state": item.state,
      ...(sweepAfter !== undefined && { ":sweepAfter": sweepAfter }),
      ...(revision !== undefined && { ":revision": revision }),
    },
  };
}

/**
 * Changes the row of an image that is ready, if it is as it was read.
 *
 * @param set what it is to have; a member that is `undefined` is removed.
 */
export function rowUpdate(
  table: string,
  item: ReadyItem,
  set: Partial<ReadyItem>,
): NonNullable<Actions[number]["Update"]> {
  const next = { ...set, revision: (item.revision ?? 0) + 1 };
  const names = Object.keys(next) as (keyof typeof next)[];
  const removed = names.filter((name) => next[name] === undefined);
  const kept = names.filter((name) => next[name] !== undefined);
  const { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = asRead(item);
  return {
    TableName: table,
    Key: { imageId: item.imageId },
    UpdateExpression:
      `SET ${kept.map((name) => `#${name} = :new_${name}`).join(", ")}` +
      (removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(", ")}` : ""),
    ConditionExpression,
    ExpressionAttributeNames: {
      ...ExpressionAttributeNames,
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...ExpressionAttributeValues,
      ...Object.fromEntries(kept.map((name) => [`:new_${name}`, next[name]])),
    },
  };
}
