import type { Properties } from "../provider/resource";
import type { RegisteredResource } from "./registered-resource";
import type { StackConfig } from "./stack-config";
import { makeUrn } from "./urn";
import type { StackIdentity } from "./urn";

/** The provider that a resource is created by, as policies see it. */
export type ProviderResource = Pick<RegisteredResource, "type" | "urn" | "name" | "inputs">;

/** Resources by URN, a resource's provider among them if the program named one. */
export type KnownResources = ReadonlyMap<string, RegisteredResource>;

/**
 * The provider that the program named for `resource`, or the default one, which the engine makes of
 * the stack's config of that provider.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go `defaultProviders`
 */
export function providerOf(
  resource: RegisteredResource,
  { config, ...identity }: StackIdentity & { config: StackConfig },
  known: KnownResources,
): ProviderResource | undefined {
  const { type, custom, provider, providerVersion } = resource;
  if (!custom || type.startsWith("pulumi:")) {
    return undefined;
  }
  if (provider !== undefined) {
    return known.get(provider.slice(0, provider.lastIndexOf("::")));
  }
  const [pkg = ""] = type.split(":");
  const providerType = `pulumi:providers:${pkg}`;
  const name = ["default", ...(providerVersion?.split(/[.+-]/) ?? [])].join("_");
  return {
    type: providerType,
    name,
    urn: makeUrn(identity, providerType, name, undefined),
    inputs: {
      ...configOf(pkg, config),
      ...(providerVersion === undefined ? {} : { version: providerVersion }),
    },
  };
}

/** The values under the provider's namespace, as text, which is how providers get their config. */
function configOf(pkg: string, { values }: StackConfig): Properties {
  const prefix = `${pkg}:`;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}
