import { uuidOf } from "../aws/derived-uuid";
import type { ResourceRequest } from "./resource";

const hexDigits = "0123456789abcdef";

/**
 * A UUID of a resource, the same at every start on one data folder.
 *
 * @param purpose as of {@link ResourceRequest.stableId}.
 */
export function stableUuid(request: ResourceRequest, purpose = "id"): string {
  return uuidOf(request.stableId(purpose, 32, hexDigits));
}

/**
 * The same of version 4.
 *
 * @param variant the first digit of the fourth group.
 */
export function stableUuid4(request: ResourceRequest, purpose: string, variant: "8" | "a"): string {
  const digits = request.stableId(purpose, 30, hexDigits);
  return uuidOf(`${digits.slice(0, 12)}4${digits.slice(12, 15)}${variant}${digits.slice(15)}`);
}
