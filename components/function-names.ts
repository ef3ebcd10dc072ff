import { operationsOf } from "./openapi/routes";

/** What runs when AWS services say so, each in `handlers/<operation>.ts`. */
export const ingestOperations = ["finalise-upload", "describe-image", "sweep-images"] as const;

/** What tells others what happens, where that is wanted. */
export const eventOperation = "publish-events";

/**
 * What the stack's functions are called in its config, each for its file in `handlers/`.
 *
 * @param hasUsers whether there are those that are there with users alone.
 */
export function functionNames(hasUsers: boolean): string[] {
  return [
    ...operationsOf(hasUsers),
    ...(hasUsers ? ["authorize"] : []),
    "render-image",
    ...ingestOperations,
    eventOperation,
  ];
}
