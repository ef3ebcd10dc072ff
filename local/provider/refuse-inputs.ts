import type { ResourceRequest } from "./resource";

/**
 * Refuses inputs without which a resource would do something else than in AWS. `false` and an empty
 * list ask for nothing.
 *
 * @throws Error that names the resource and the inputs.
 */
export function refuseInputs(request: ResourceRequest, notEmulated: readonly string[]): void {
  const given = notEmulated.filter((input) => isGiven(request.inputs[input]));
  if (given.length > 0) {
    throw new Error(`${request.name}: the local cloud does not emulate ${given.join(", ")}`);
  }
}

function isGiven(input: unknown): boolean {
  return input !== undefined && input !== false && !(Array.isArray(input) && input.length === 0);
}
