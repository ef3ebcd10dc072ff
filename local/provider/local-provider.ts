import type { Account } from "../aws/types";
import type { EngineResource, ResourceProvider } from "../engine/resource-provider";
import { difference } from "./diff";
import { checkByProviderRules } from "./rules";
import { withFilledIn } from "./filled-in";
import type { Identity } from "./identity";
import { NotEmulated } from "./refuse-inputs";
import type { Inventory } from "./inventory";
import { refuseByAws, withCode } from "./refused-by-aws";
import type {
  Invokes,
  PlannedResource,
  Properties,
  ResourceIdentity,
  ResourceRequest,
  ResourceTypes,
} from "./resource";
import { servedPackages } from "./value-packages";

export interface LocalProviderOptions {
  types: ResourceTypes;
  invokes: Invokes;
  identity: Identity;
  /** What exists already. */
  inventory: Inventory;
  /** Whose resources they are. */
  account: Account;
}

/** Plans resources of the local cloud, by the planners of their types. */
export class LocalProvider implements ResourceProvider {
  readonly #types: ResourceTypes;
  readonly #invokes: Invokes;
  readonly #identity: Identity;
  readonly #inventory: Inventory;
  readonly #account: Account;
  /** What has been made or brought back in this process. */
  readonly #present = new Set<string>();

  constructor(options: LocalProviderOptions) {
    this.#types = options.types;
    this.#invokes = options.invokes;
    this.#identity = options.identity;
    this.#inventory = options.inventory;
    this.#account = options.account;
  }

  serves(pkg: string): boolean {
    return servedPackages.includes(pkg);
  }

  emulates(type: string): boolean {
    return Object.hasOwn(this.#types, type);
  }

  check({ type, inputs }: Pick<EngineResource, "type" | "inputs">): string[] {
    return checkByProviderRules(type, inputs);
  }

  stableId(
    urn: string,
    purpose: string,
    length: number,
    alphabet: string,
    identity = this.#inventory.identityOf(urn),
  ): string {
    return this.#identity.stableId(seedOf(urn, identity), purpose, length, alphabet);
  }

  async plan(
    resource: EngineResource,
    identity = this.#inventory.identityOf(resource.urn),
  ): Promise<PlannedResource> {
    const plan = this.#types[resource.type];
    if (!plan) {
      throw new NotEmulated(resource, `resources of type ${resource.type}`);
    }
    const { urn, name, inputs } = resource;
    const seed = seedOf(urn, identity);
    const request: ResourceRequest = {
      ...resource,
      physicalName: (property = "name") =>
        this.#identity.physicalName(seed, name, inputs, property),
      stableId: (purpose, length, alphabet) =>
        this.#identity.stableId(seed, purpose, length, alphabet),
      ...this.#existing(resource, identity),
    };
    try {
      refuseByAws(this.#account, request);
      const planned = await plan(request);
      const outputs = withFilledIn(this.#account, resource.type, planned.outputs);
      return { ...planned, outputs, ...this.#actions(request, planned, seed) };
    } catch (error) {
      throw withCode(request, error);
    }
  }

  /** The planner's, which know whether there is something to create, change or remove. */
  #actions(request: ResourceRequest, planned: PlannedResource, seed: string) {
    const key = `${request.type} ${seed}`;
    const making = (act: PlannedResource["create"]) => async () => {
      await telling(request, act);
      this.#present.add(key);
    };
    const { update, restore, remove, requireRemovable } = planned;
    const isPresent = () => this.#present.has(key);
    return {
      create: making(planned.create),
      update: () => making(isPresent() ? (update ?? planned.create) : planned.create)(),
      keep: () => (isPresent() ? undefined : making(planned.create)()),
      restore: making(restore ?? planned.create),
      remove: async () => {
        await telling(request, () => remove?.());
        this.#present.delete(key);
      },
      requireRemovable: (goneBefore: ReadonlySet<string>) => {
        try {
          requireRemovable?.(goneBefore);
        } catch (error) {
          throw withCode(request, error);
        }
      },
    };
  }

  #existing(
    { type, urn, inputs }: EngineResource,
    { generation, origin = urn }: ResourceIdentity,
  ): Pick<ResourceRequest, "existing"> {
    const known = [...this.#inventory.withUrn(urn), ...this.#inventory.withUrn(origin)].find(
      (item) => item.type === type && item.generation === generation,
    );
    const { changes = [] } = known ? difference(type, known.inputs, inputs) : {};
    return known && !changes.some((change) => change.replaces) ? { existing: known } : {};
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    return await callFunction(this.#invokes, token, args);
  }
}

/** Runs what makes or removes a resource; the errors of AWS are told with their codes. */
async function telling(
  resource: Pick<ResourceRequest, "name">,
  act: () => void | Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw withCode(resource, error);
  }
}

/**
 * What names and ids are derived from. A resource that takes another's place has the same URN, and
 * yet other names, as both exist for a while.
 */
function seedOf(urn: string, { generation, origin = urn }: ResourceIdentity): string {
  return generation === 1 ? origin : `${origin}#${generation}`;
}

/**
 * Calls a provider function.
 *
 * @throws NotEmulated that names the functions that there are, when `token` is none of them.
 */
export async function callFunction(
  invokes: Invokes,
  token: string,
  args: Properties,
): Promise<Properties> {
  const invoke = invokes[token];
  if (!invoke) {
    throw new NotEmulated(
      { name: token },
      `this function; it has ${Object.keys(invokes).sort().join(", ")}`,
    );
  }
  return await invoke(args);
}
