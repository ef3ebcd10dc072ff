import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import type { Properties, ResourceIdentity } from "../provider/resource";
import { withSecretsOf } from "./properties";
import type { RegisteredResource, ResourceOptions } from "./registered-resource";

/** What is kept of a resource beside its properties, for the run that changes or deletes it. */
export interface KeptTraits {
  options: Pick<ResourceOptions, "hooks" | "protect" | "retainOnDelete"> & {
    /** URN of a resource with which it goes by itself. */
    deletedWith?: string;
  };
  /** Where its properties are secret, as these are kept in clear: {@link secretPlaces}. */
  secrets: { inputs: unknown; outputs: unknown };
  /** URNs of what it needs, its parent among them. Default: nothing. */
  needs?: readonly string[];
}

/** A resource as an earlier run has left it. Its properties are in the form in which they travel. */
export interface PriorResource {
  urn: string;
  /** The URN that its name was made up for. Default: the one that it has. */
  origin?: string;
  type: string;
  /** Absent for components. */
  id?: string;
  inputs: Properties;
  outputs: Properties;
  options: KeptTraits["options"];
  /** Set where another resource has taken its place, and only its deletion is left to be done. */
  isReplaced?: boolean;
}

/** How a resource gets from what an earlier run has left to what the program asks for. */
export type PriorStep = {
  /** What its names and ids are derived from. Default: as its provider has it. */
  identity?: ResourceIdentity;
} & (
  | { kind: "create" }
  | { kind: "same"; old: PriorResource }
  | { kind: "update"; old: PriorResource }
  | { kind: "replace"; old: PriorResource; deleteBeforeReplace: boolean }
);

/** What earlier runs have left of a stack, and what this one makes of it. */
export interface PriorState {
  /** What there is of a resource, under one of its names. */
  find(resource: RegisteredResource): PriorResource | undefined;
  /** @param resource comes after those that it depends on. */
  stepTo(resource: RegisteredResource): Promise<PriorStep>;
  /** Something stays until all is made, although another resource takes its place. */
  replaced(resource: PriorResource): void;
  /** What no resource of this run has taken the place of, and what is replaced, the latest first. */
  gone(): PriorResource[];
  /** A resource exists now as it is registered. */
  made(resource: RegisteredResource): Promise<void>;
  /** Makes a resource cease to exist. */
  destroy(resource: PriorResource): Promise<void>;
  /** Something that was gone, or had to go first, is deleted. */
  deleted(resource: PriorResource): void;
}

/** Of a stack that was never run, or is only judged. */
export class NothingPrior implements PriorState {
  find(): undefined {
    // There is none.
  }

  stepTo(): Promise<PriorStep> {
    return Promise.resolve({ kind: "create" });
  }

  replaced(): void {
    // There is none.
  }

  gone(): PriorResource[] {
    return [];
  }

  made(): Promise<void> {
    // Nobody will ask for it.
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }

  deleted(): void {
    // There is none.
  }
}

/** What is to be kept of a resource beside its properties. */
export function traitsOf(resource: RegisteredResource): KeptTraits {
  const { options, inputs, outputs = {}, parent, dependencies, propertyDependencies } = resource;
  const { hooks, protect, retainOnDelete, deletedWith } = options;
  const needs = [...dependencies, ...Object.values(propertyDependencies).flat()];
  return {
    options: { hooks, protect, retainOnDelete, ...(deletedWith !== undefined && { deletedWith }) },
    secrets: { inputs: secretPlaces(inputs), outputs: secretPlaces(outputs) },
    needs: [...new Set(parent === undefined ? needs : [...needs, parent])],
  };
}

/** A resource as it was, from what is kept of it. */
export function priorResource({
  urn,
  origin,
  type,
  id,
  inputs,
  outputs = {},
  traits,
}: {
  urn: string;
  origin?: string;
  type: string;
  id?: string;
  inputs: Properties;
  outputs?: Properties;
  traits?: KeptTraits;
}): PriorResource {
  const { options, secrets } = traits ?? {};
  return {
    urn,
    ...(origin !== undefined && { origin }),
    type,
    id,
    inputs: withSecretsOf(inputs, secrets?.inputs) as Properties,
    outputs: withSecretsOf(outputs, secrets?.outputs) as Properties,
    options: options ?? { hooks: {}, protect: false, retainOnDelete: false },
  };
}

/** A value without all that is not secret and without what the secrets are, for `withSecretsOf`. */
function secretPlaces(value: unknown): unknown {
  if (isRpcSecret(value)) {
    return { ...(value as Properties), value: undefined };
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const places = Object.entries(value)
    .map(([key, each]) => [key, secretPlaces(each)] as const)
    .filter(([, place]) => place !== undefined);
  return places.length === 0 ? undefined : Object.fromEntries(places);
}
