import type { Stack } from "./stack";

/** Name of the suite's own key among the stack's `apiKeys`. */
const ownKeyName = "e2e";

/**
 * The stack asked by the suite's own key, whose quota is nobody else's; of a local run, by the key that it has.
 *
 * @throws Error that says how to make one, where a deployed stack has none.
 */
export function withOwnKey(stack: Stack): Stack {
  const { [ownKeyName]: key } = stack.outputs.apiKeys ?? {};
  if (key === undefined) {
    if (stack.ca !== undefined) {
      return stack;
    }
    throw new Error(
      `The stack has no API key of the name ${ownKeyName}, and the suite would use up another's quota. Make one:\n` +
        `  pulumi config set --path 'apiKeys[1]' ${ownKeyName} && pulumi up`,
    );
  }
  return { ...stack, credentials: { "x-api-key": key } };
}
