import { randomUUID } from "node:crypto";
import { defaultProvider, isDefaultProviderDisabled } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import type { StackConfig } from "./stack-config";
import type { StackIdentity } from "./urn";

/** The providers of resources and function calls for which the program names none. */
export class DefaultProviders {
  readonly #identity: StackIdentity;
  readonly #config: StackConfig;
  readonly #check: (provider: RegisteredResource) => Promise<void>;
  readonly #references = new Map<string, Promise<string>>();

  /** @param check is called with each provider before it is used. */
  constructor(
    identity: StackIdentity,
    config: StackConfig,
    check: (provider: RegisteredResource) => Promise<void>,
  ) {
    this.#identity = identity;
    this.#config = config;
    this.#check = check;
  }

  /**
   * Whether the stack's config asks for named providers.
   *
   * @throws Error when that config is not valid.
   */
  isDisabled(pkg: string): boolean {
    return isDefaultProviderDisabled(pkg, this.#config);
  }

  /**
   * `<URN>::<id>` of a package's provider, which is made at its first use.
   *
   * @throws what `check` throws.
   */
  reference(pkg: string, version: string | undefined): Promise<string> {
    const key = `${pkg} ${version ?? ""}`;
    let reference = this.#references.get(key);
    if (!reference) {
      const provider = defaultProvider(pkg, version, this.#identity, this.#config);
      reference = this.#check(provider).then(() => `${provider.urn}::${randomUUID()}`);
      this.#references.set(key, reference);
    }
    return reference;
  }
}
