import { messageOf } from "../message-of";
import type { ResourceIdentity } from "../provider/resource";
import { madeName } from "./checked-names";
import type { NameMaking, NameSource } from "./checked-names";
import { DefaultProviders } from "./default-providers";
import { withoutIgnoredChanges } from "./ignored-changes";
import { InstalledPlugins } from "./installed-plugins";
import { isProviderType, packageOf } from "./provider-resource";
import type { PriorResource } from "./prior-state";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";
import type { RpcError } from "./rpc";
import type { StackConfig } from "./stack-config";
import type { StackIdentity } from "./urn";

export interface CompletionOptions extends NameMaking {
  identity: StackIdentity;
  config: StackConfig;
  /** Packages are resolved from here. */
  programDir: string;
  /** Packages whose provider plugins the project brings along. */
  plugins: readonly string[];
  provider: () => Promise<ResourceProvider>;
  /** Is called with each default provider before it is used. */
  check: (provider: RegisteredResource) => Promise<void>;
  /** Finds what an earlier run has left of a resource. */
  findPrior: (resource: RegisteredResource) => Promise<PriorResource | undefined>;
  /** Ends the run because of a resource. */
  fail: (urn: string, message: string) => RpcError;
}

/** What the engine and a resource's provider add to what the program says of it. */
export class Completion {
  readonly #options: CompletionOptions;
  readonly #plugins: InstalledPlugins;
  readonly #defaultProviders: DefaultProviders;
  /** The inputs that hold names which were made up, by URN. */
  readonly #named = new Map<string, string>();

  constructor(options: CompletionOptions) {
    const { identity, config, programDir, plugins, check } = options;
    this.#options = options;
    this.#plugins = new InstalledPlugins(programDir, plugins);
    this.#defaultProviders = new DefaultProviders(identity, config, check);
  }

  /**
   * Finds a resource's provider, makes up its name, and leaves inputs as they were whose changes are ignored.
   *
   * @throws RpcError after the run has been ended, when there is no provider or no name.
   */
  async complete(resource: RegisteredResource): Promise<void> {
    const { urn, type, custom, provider } = resource;
    if (!custom) {
      return;
    }
    if (isProviderType(type)) {
      await this.#requirePlugin(resource);
      return;
    }
    if (provider === undefined) {
      this.#requireDefaultProvider(packageOf(type), urn);
      const version = resource.providerVersion;
      resource.provider = await this.#defaultProviders.reference(packageOf(type), version);
    }
    const prior = await this.#options.findPrior(resource);
    if (prior) {
      const { inputs, options } = resource;
      resource.inputs = withoutIgnoredChanges(prior.inputs, inputs, options.ignoreChanges);
    }
    await this.#name(resource, { prior });
  }

  /**
   * Makes up another name for a resource that takes the place of one, unless the program gives it one.
   *
   * @throws RpcError after the run has been ended, when there is none.
   */
  async rename(resource: RegisteredResource, identity: ResourceIdentity): Promise<void> {
    const property = this.#named.get(resource.urn);
    if (property !== undefined) {
      const inputs = Object.entries(resource.inputs).filter(([input]) => input !== property);
      resource.inputs = Object.fromEntries(inputs);
      await this.#name(resource, { identity });
    }
  }

  async #name(resource: RegisteredResource, source: NameSource): Promise<void> {
    const { urn } = resource;
    try {
      const provider = await this.#options.provider();
      const made = await madeName(resource, this.#options, provider, source);
      if (made) {
        this.#named.set(urn, made.property);
        resource.inputs = { ...resource.inputs, [made.property]: made.name };
      }
    } catch (error) {
      throw this.#options.fail(urn, messageOf(error));
    }
  }

  /**
   * Finds the provider of a function for which the program names none.
   *
   * @param version the version that the program's SDK asks for.
   * @throws Error when the program has to name one, RpcError after the run has been ended.
   */
  async findForFunction(token: string, version: string | undefined): Promise<void> {
    const pkg = packageOf(token);
    if (this.#defaultProviders.isDisabled(pkg)) {
      throw new Error(disabled(pkg, token));
    }
    await this.#defaultProviders.reference(pkg, version);
  }

  #requireDefaultProvider(pkg: string, urn: string): void {
    let reason: string | undefined;
    try {
      reason = this.#defaultProviders.isDisabled(pkg) ? disabled(pkg, urn) : undefined;
    } catch (error) {
      reason = messageOf(error);
    }
    if (reason !== undefined) {
      throw this.#options.fail(urn, reason);
    }
  }

  async #requirePlugin({ type, urn, inputs }: RegisteredResource): Promise<void> {
    const pkg = packageOf(type);
    if (!(await this.#options.provider()).serves(pkg) && !this.#plugins.has(pkg)) {
      const { version } = inputs;
      const at = typeof version === "string" ? ` at version v${version}` : "";
      throw this.#options.fail(
        urn,
        `no resource plugin 'pulumi-resource-${pkg}' found in the workspace${at} or on your $PATH`,
      );
    }
  }
}

function disabled(pkg: string, user: string): string {
  return `Default provider for '${pkg}' disabled. '${user}' must use an explicit provider.`;
}
