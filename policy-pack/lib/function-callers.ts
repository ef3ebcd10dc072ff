import type { CheckedStack, StackResource } from "./stack";
import { permissionType } from "./types";

/** The services that may invoke the function, such as `s3.amazonaws.com`, as far as they are known. */
export function callersOf(stack: CheckedStack, fn: StackResource): unknown[] {
  return stack
    .referring(fn, "function", [permissionType])
    .map((permission) => permission.get("principal"));
}
