import type { ResourceRequest } from "./resource";

/** What AWS has and the local cloud has not. */
export class NotEmulated extends Error {
  override readonly name = "NotEmulated";

  /**
   * The first argument is the resource or function that asks for it.
   *
   * @param what such as the name of an input.
   */
  constructor({ name }: Pick<ResourceRequest, "name">, what: string) {
    super(`${name}: the local cloud does not emulate ${what}`);
  }
}

/**
 * Refuses inputs without which a resource would do something else than in AWS. `false`, an empty text
 * and an empty list ask for nothing.
 *
 * @throws NotEmulated that names the resource and the inputs.
 */
export function refuseInputs(request: ResourceRequest, notEmulated: readonly string[]): void {
  const given = notEmulated.filter((input) => isAskedFor(request.inputs[input]));
  if (given.length > 0) {
    throw new NotEmulated(request, given.join(", "));
  }
}

function isAskedFor(input: unknown): boolean {
  return (
    input !== undefined &&
    input !== false &&
    input !== "" &&
    !(Array.isArray(input) && input.length === 0)
  );
}
