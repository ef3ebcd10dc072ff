import type { EngineResource, ResourceProvider } from "../engine/resource-provider";
import type { Identity } from "./identity";
import type { Invokes, Properties, ResourceState, ResourceTypes } from "./resource";

export interface LocalProviderOptions {
  types: ResourceTypes;
  invokes: Invokes;
  identity: Identity;
}

/** Creates resources in the local cloud, by the creators of their types. */
export class LocalProvider implements ResourceProvider {
  readonly #types: ResourceTypes;
  readonly #invokes: Invokes;
  readonly #identity: Identity;

  constructor(options: LocalProviderOptions) {
    this.#types = options.types;
    this.#invokes = options.invokes;
    this.#identity = options.identity;
  }

  emulates(type: string): boolean {
    return Object.hasOwn(this.#types, type);
  }

  async create(resource: EngineResource): Promise<ResourceState> {
    const create = this.#types[resource.type];
    if (!create) {
      throw new Error(`No resource of type ${resource.type} can be created in the local cloud`);
    }
    const { urn, name, inputs } = resource;
    return create({
      ...resource,
      physicalName: (property = "name") => this.#identity.physicalName(urn, name, inputs, property),
      stableId: (purpose, length, alphabet) =>
        this.#identity.stableId(urn, purpose, length, alphabet),
    });
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const invoke = this.#invokes[token];
    if (!invoke) {
      throw new Error(
        `The local cloud does not have the function ${token}; it has ${Object.keys(this.#invokes).sort().join(", ")}`,
      );
    }
    return invoke(args);
  }
}
