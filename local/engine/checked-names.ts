import { autoName, isToBeNamed, namingRule } from "../provider/auto-name";
import { randomText } from "../random-text";
import type { Autonaming } from "./autonaming";
import type { ComputedOutputs } from "./computed-outputs";
import { fromStruct, structOf } from "./properties";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";

/** How the names of one run are made up. */
export interface NameMaking {
  autonaming: Autonaming;
  /** Tells which types take a name. */
  computed: ComputedOutputs;
}

/**
 * The inputs of a resource as its provider checks them: where the program gives no name, one is made
 * up, so that it is known in previews, too.
 *
 * @throws Error when no name can be made up.
 */
export async function withName(
  { type, name, urn, inputs }: RegisteredResource,
  { autonaming, computed }: NameMaking,
  provider: ResourceProvider,
): Promise<RegisteredResource["inputs"]> {
  const rule = namingRule(type, await computed.takesName(type));
  if (!rule || !isToBeNamed(rule, inputs)) {
    return inputs;
  }
  const { values } = fromStruct(structOf(inputs));
  const random = (length: number, alphabet: string) =>
    provider.stableId?.(urn, rule.property, length, alphabet) ?? randomText(length, alphabet);
  const made = autoName({ type, name, inputs: values }, rule, random, autonaming(urn));
  return { ...inputs, [rule.property]: made };
}
