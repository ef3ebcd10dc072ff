import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { withoutSecrets } from "../../engine/properties";
import { isObject } from "../../is-object";
import { invalid, notFound } from "../api-error";
import type { SecretMark } from "./types";

/** What stands for a secret that nobody has asked for. */
export const secretMark: SecretMark = { $secret: true };

/** A value in the form in which it travels, with a mark in place of each secret. */
export function masked(value: unknown): unknown {
  if (isRpcSecret(value)) {
    return secretMark;
  }
  if (Array.isArray(value)) {
    return value.map(masked);
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each)]));
}

/**
 * What is at a place in a value in the form in which it travels, its secrets in clear.
 *
 * @param path names of properties and indices of arrays, from the outside in.
 * @throws ApiError when `path` is no such list, or there is nothing at it.
 */
export function revealed(value: unknown, path: unknown): unknown {
  if (!Array.isArray(path)) {
    throw invalid("path is an array of names and indices.");
  }
  let found = withoutSecrets(value);
  for (const key of path as unknown[]) {
    const isThere =
      typeof found === "object" && found !== null && Object.hasOwn(found, String(key));
    if (!isThere) {
      throw notFound(`There is no value at ${JSON.stringify(path)}.`);
    }
    found = (found as Record<string, unknown>)[String(key)];
  }
  return found;
}
