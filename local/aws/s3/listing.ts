import { invalidArgument } from "./errors";
import type { SortedKeys } from "./store/key-order";

/** S3 answers no more entries at once, whatever is asked for. */
const maxPage = 1000;

/** What a list is about. Empty strings stand for what was not given. */
export interface ListOptions {
  prefix: string;
  delimiter: string;
}

/** A key, or a group of keys that have the same beginning up to the delimiter. */
export type ListEntry = { key: string } | { commonPrefix: string };

/**
 * Walks through keys in order, rolling up those behind a delimiter.
 *
 * @param after begins behind this key; or behind all of a group when it is a common prefix.
 * @param isListed skips keys, such as deleted ones; a group of only such keys is not listed.
 */
export function* walk(
  keys: SortedKeys,
  options: ListOptions,
  after: string,
  isListed: (key: string) => boolean,
): Generator<ListEntry> {
  const { prefix } = options;
  let index = Math.max(keys.indexOf(prefix), after === "" ? 0 : keys.indexAfter(after));
  if (commonPrefixOf(after, options) === after && after !== "") {
    index = Math.max(index, keys.indexPast(after));
  }
  let key = keys.at(index);
  while (key?.startsWith(prefix)) {
    const commonPrefix = isListed(key) ? commonPrefixOf(key, options) : undefined;
    if (commonPrefix !== undefined) {
      yield { commonPrefix };
    } else if (isListed(key)) {
      yield { key };
    }
    key = keys.at(commonPrefix === undefined ? keys.indexAfter(key) : keys.indexPast(commonPrefix));
  }
}

/**
 * Where a list begins that is to go on behind a key: behind all of the group that the key is in, if it is
 * in one.
 */
export function markerOf(key: string, options: ListOptions): string {
  return commonPrefixOf(key, options) ?? key;
}

/** The group that a key is in, if it is in one. */
export function commonPrefixOf(
  key: string,
  { prefix, delimiter }: ListOptions,
): string | undefined {
  if (delimiter === "" || !key.startsWith(prefix)) {
    return undefined;
  }
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

export function readListOptions(query: URLSearchParams): ListOptions {
  return { prefix: query.get("prefix") ?? "", delimiter: query.get("delimiter") ?? "" };
}

/**
 * How many entries a page may have, 0–1000.
 *
 * @param name such as `max-keys`.
 * @throws S3Error `InvalidArgument`.
 */
export function readPageSize(query: URLSearchParams, name: string): number {
  const value = query.get(name);
  if (value === null || value === "") {
    return maxPage;
  }
  if (!/^\d{1,10}$/.test(value) || Number(value) > 0x7fffffff) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, value);
  }
  return Math.min(Number(value), maxPage);
}

/**
 * How keys are to be written: percent-encoded if the query says `encoding-type=url`.
 *
 * @throws S3Error `InvalidArgument`.
 */
export function readEncoder(query: URLSearchParams): (key: string) => string {
  const encodingType = query.get("encoding-type");
  if (encodingType === null) {
    return (key) => key;
  }
  if (encodingType !== "url") {
    throw invalidArgument(
      "Invalid Encoding Method specified in Request",
      "encoding-type",
      encodingType,
    );
  }
  return encodeKey;
}

/** As a form would be encoded, but for the slashes. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
