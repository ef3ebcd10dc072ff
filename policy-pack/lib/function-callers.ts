import type { CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { permissionType } from "./types";

/** The services that may invoke the function, such as `s3.amazonaws.com`. */
export function callersOf(stack: CheckedStack, fn: CheckedResource): unknown[] {
  return stack
    .referring(fn, "function", [permissionType])
    .map((permission) => permission.known("principal"));
}
