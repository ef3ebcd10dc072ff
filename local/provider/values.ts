import { NotEmulated } from "./refuse-inputs";
import type { PlannedResource, PlanResource, Properties, ResourceRequest } from "./resource";

/** A value as it is made up. */
export interface NewValue {
  id: string;
  /** All outputs; inputs that have no default may be left out. */
  outputs: Properties;
}

/**
 * Plans resources that are nothing but a value, which is made up once: as long as no input is another
 * that would replace the resource, it stays the same, whatever is started again.
 *
 * @param make makes up a value. What it throws is wrong with the inputs.
 * @param secretOutputs names of outputs that are secret.
 */
export function valuePlanner(
  make: (request: ResourceRequest) => NewValue | Promise<NewValue>,
  secretOutputs: string[] = [],
): PlanResource {
  return async (request): Promise<PlannedResource> => {
    const { existing, inputs } = request;
    const made = existing ?? (await make(request));
    return {
      id: made.id,
      outputs: { ...made.outputs, ...inputs },
      secretOutputs,
      // It is there as soon as it is in the state.
      create: () => undefined,
    };
  };
}

/** Refuses a type that the real package has. */
export const notEmulatedType: PlanResource = (request) => {
  throw new NotEmulated(request, `resources of type ${request.type}`);
};
