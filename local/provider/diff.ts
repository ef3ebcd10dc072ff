import { isDeepStrictEqual } from "node:util";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { isObject } from "../is-object";
import { isMadeUp, namingRule } from "./auto-name";
import { isDefault, isDeletedFirst, replaces } from "./force-new";
import type { Properties } from "./resource";

/** One value that differs. */
export interface Change {
  /** Such as `tags.Environment` or `rules[0].id`. */
  path: string;
  kind: "add" | "update" | "delete";
  /** Whether it replaces the resource. */
  replaces: boolean;
}

/** What differs between a resource's inputs and those that it is to have. */
export interface Difference {
  changes: Change[];
  /** The old resource goes before the new one comes, as there cannot be both. */
  deleteBeforeReplace: boolean;
}

/**
 * Compares inputs in the form in which they travel, secrets unwrapped. Documents that say the same
 * in other words are equal, and so are archives of the same content. What would replace a resource
 * is not different where it only says, or says no more, what AWS takes anyway.
 *
 * @param logicalName tells names that were made up, of which another can be made up. Default: none is.
 */
export function difference(
  type: string,
  before: Properties,
  after: Properties,
  logicalName?: string,
): Difference {
  const inputs = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes = [...inputs]
    .sort()
    .flatMap((input) => changesOfInput(type, input, before[input], after[input]));
  return {
    changes,
    deleteBeforeReplace:
      changes.some((change) => change.replaces) &&
      (isDeletedFirst(type) || keepsName(type, before, after, logicalName)),
  };
}

function changesOfInput(type: string, input: string, before: unknown, after: unknown): Change[] {
  const isReplacing = replaces(type, input) && !isMoved(type, before, after);
  if (isReplacing && [before, after].every((value) => isDefault(type, input, value))) {
    return [];
  }
  return changesOf(input, before, after).map((change) => ({ ...change, replaces: isReplacing }));
}

/** Whether both are the address of one queue, which another port or host of the run has given another one. */
function isMoved(type: string, before: unknown, after: unknown): boolean {
  const isAddress = (value: unknown) => typeof value === "string" && URL.canParse(value);
  return (
    type === "aws:sqs/queuePolicy:QueuePolicy" &&
    isAddress(before) &&
    isAddress(after) &&
    new URL(String(before)).pathname === new URL(String(after)).pathname
  );
}

function keepsName(
  type: string,
  before: Properties,
  after: Properties,
  logicalName?: string,
): boolean {
  const property = namingRule(type, true)?.property;
  const name = property === undefined ? undefined : after[property];
  return (
    property !== undefined &&
    name !== undefined &&
    isDeepStrictEqual(before[property], name) &&
    !(logicalName !== undefined && isMadeUp(name, logicalName))
  );
}

/** What differs inside of two values at `path`; nothing where they say the same. */
export function changesOf(
  path: string,
  before: unknown,
  after: unknown,
): Omit<Change, "replaces">[] {
  if (isSame(before, after)) {
    return [];
  }
  if (isAbsent(before) || isAbsent(after)) {
    return [{ path, kind: isAbsent(before) ? "add" : "delete" }];
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      changesOf(`${path}[${index}]`, before[index], after[index]),
    ).flat();
  }
  if (isPlainObject(before) && isPlainObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].sort().flatMap((key) => changesOf(member(path, key), before[key], after[key]));
  }
  return [{ path, kind: "update" }];
}

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/property_path.go */
function member(path: string, key: string): string {
  return /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** What is at the end of a path as changes have it. */
export function valueAt(value: unknown, path: string): unknown {
  const keys = path.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|([^.[\]]+)/g);
  return [...keys].reduce<unknown>((inner, [, quoted, name = ""]) => {
    const key = quoted === undefined ? name : String(JSON.parse(quoted));
    return isObject(inner) || Array.isArray(inner) ? (inner as Properties)[key] : undefined;
  }, value);
}

/** The input that the path of a change starts with. */
export function inputOf(path: string): string {
  return path.split(/[.[]/)[0] ?? "";
}

function isSame(before: unknown, after: unknown): boolean {
  if (isDeepStrictEqual(before, after) || (isAbsent(before) && isAbsent(after))) {
    return true;
  }
  if (typeof before === "string" && typeof after === "string") {
    return isDeepStrictEqual(documentIn(before) ?? before, documentIn(after) ?? after);
  }
  return isFile(before) && isFile(after) && before.hash !== undefined && before.hash === after.hash;
}

/** What a JSON text says; nothing for any other text, and for a plain value. */
export function documentIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Whether a value is an asset or an archive. */
export function isFile(value: unknown): value is { hash?: string } {
  const signature = isObject(value) ? value[specialSigKey] : undefined;
  return signature === specialAssetSig || signature === specialArchiveSig;
}

function isPlainObject(value: unknown): value is Properties {
  return isObject(value) && !isFile(value);
}
