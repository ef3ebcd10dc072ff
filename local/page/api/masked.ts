import {
  isRpcSecret,
  specialArchiveSig,
  specialAssetSig,
  specialOutputValueSig,
  specialResourceSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { withoutSecrets } from "../../engine/properties";
import { isObject } from "../../is-object";
import { invalid, notFound } from "../api-error";
import type { SecretMark } from "./types";

/** What stands for a secret that nobody has asked for. */
export const secretMark: SecretMark = { $secret: true };

/**
 * A value in the form in which it travels as people read it: with a mark in place of each secret, and
 * what an asset, an archive or a resource is in a few words.
 */
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
  const sig = value[specialSigKey];
  if (sig !== undefined) {
    return maskedSpecial(sig, value);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each)]));
}

function maskedSpecial(sig: unknown, value: Record<string, unknown>): unknown {
  switch (sig) {
    case specialAssetSig:
      return `asset ${placeOf(value) ?? "of text"}`;
    case specialArchiveSig:
      return isObject(value.assets)
        ? { archive: masked(value.assets) }
        : `archive ${placeOf(value) ?? ""}`;
    case specialResourceSig:
      return value.urn;
    case specialOutputValueSig:
      return value.secret === true ? secretMark : masked(value.value);
    default:
      return masked({ ...value, [specialSigKey]: undefined });
  }
}

/** Where an asset or an archive is. */
function placeOf({ path, uri }: Record<string, unknown>): string | undefined {
  return [path, uri].find((place) => typeof place === "string" && place !== "") as
    | string
    | undefined;
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
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, String(key))) {
      throw notFound(`There is no value at ${JSON.stringify(path)}.`);
    }
    found = (found as Record<string, unknown>)[String(key)];
  }
  return found;
}
