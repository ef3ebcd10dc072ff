import { operationsOf } from "../openapi/routes";

/** What runs when AWS services say so, each in `handlers/<operation>.ts`. */
export const ingestOperations = ["finalise-upload", "describe-image", "sweep-images"] as const;

/** What tells others what happens, where that is wanted. */
export const eventOperation = "publish-events";

/** What decides which functions there are. */
export interface FunctionChoices {
  /** Whether there are those that are there with users alone. `@default` true */
  hasUsers?: boolean;
  /** Whether there is the one that tells others what happens. `@default` true */
  publishesEvents?: boolean;
}

/**
 * What the stack's functions are called in its config, each for its file in `handlers/`.
 *
 * @param choices `@default` all that there can be
 */
export function functionNames({
  hasUsers = true,
  publishesEvents = true,
}: FunctionChoices = {}): string[] {
  return [
    ...operationsOf(hasUsers),
    ...(hasUsers ? ["authorize"] : []),
    "render-image",
    ...ingestOperations,
    ...(publishesEvents ? [eventOperation] : []),
  ];
}
