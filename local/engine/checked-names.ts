import { autoName, isMadeUp, isToBeNamed, namingRule } from "../provider/auto-name";
import type { ResourceIdentity } from "../provider/resource";
import { randomText } from "../random-text";
import type { Autonaming } from "./autonaming";
import type { ComputedOutputs } from "./computed-outputs";
import type { PriorResource } from "./prior-state";
import { fromStruct, structOf, withoutSecrets } from "./properties";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";
import { nameOf } from "./urn";

/** How the names of one run are made up. */
export interface NameMaking {
  autonaming: Autonaming;
  /** Tells which types take a name. */
  computed: ComputedOutputs;
}

/** What a name is made of. */
export interface NameSource {
  /** What there is of the resource, whose name stays if it was made up. */
  prior?: PriorResource;
  /** As of {@link ResourceProvider.plan}. */
  identity?: ResourceIdentity;
}

/**
 * The name that a resource's provider makes up when it checks the inputs, so that it is known in
 * previews, too.
 *
 * @returns the name and the input that holds it; nothing where the program gives one, or the type has none.
 * @throws Error when no name can be made up.
 */
export async function madeName(
  { type, name, urn, inputs }: RegisteredResource,
  { autonaming, computed }: NameMaking,
  provider: ResourceProvider,
  { prior, identity }: NameSource,
): Promise<{ property: string; name: string } | undefined> {
  const rule = namingRule(type, await computed.takesName(type));
  if (!rule || !isToBeNamed(rule, inputs)) {
    return undefined;
  }
  const { property } = rule;
  const before = prior && withoutSecrets(prior.inputs[property]);
  if (prior && isMadeUp(before, nameOf(prior.origin ?? prior.urn))) {
    return { property, name: before };
  }
  const { values } = fromStruct(structOf(inputs));
  const random = (length: number, alphabet: string) =>
    provider.stableId?.(urn, property, length, alphabet, identity) ?? randomText(length, alphabet);
  const resource = { type, name, inputs: values };
  return { property, name: autoName(resource, rule, random, autonaming(urn)) };
}
