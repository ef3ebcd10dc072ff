import type { Properties } from "../provider/resource";
import { noOptions } from "./registered-resource";
import type { RegisteredResource } from "./registered-resource";
import type { StackConfig } from "./stack-config";
import { makeUrn } from "./urn";
import type { StackIdentity } from "./urn";

/** The provider that a resource is created by, as policies see it. */
export type ProviderResource = Pick<RegisteredResource, "type" | "urn" | "name" | "inputs">;

/** Resources by URN, providers among them. */
export type KnownResources = ReadonlyMap<string, RegisteredResource>;

const providerPrefix = "pulumi:providers:";

/** Whether a type is that of a provider. */
export function isProviderType(type: string): boolean {
  return type.startsWith(providerPrefix);
}

/** The package that a type, or a provider's type, belongs to. */
export function packageOf(type: string): string {
  return (isProviderType(type) ? type.slice(providerPrefix.length) : type).split(":")[0] ?? "";
}

/** The provider that a resource refers to; components have none. */
export function providerOf(
  { custom, provider }: RegisteredResource,
  known: KnownResources,
): ProviderResource | undefined {
  return custom && provider !== undefined
    ? known.get(provider.slice(0, provider.lastIndexOf("::")))
    : undefined;
}

/**
 * The provider that the engine makes of the stack's config for resources whose program names none,
 * one for each version of a package.
 *
 * @param version the version that the program's SDK asks for, if it does.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/providers/#default-provider-configuration
 */
export function defaultProvider(
  pkg: string,
  version: string | undefined,
  identity: StackIdentity,
  config: StackConfig,
): RegisteredResource {
  const type = providerPrefix + pkg;
  const name = ["default", ...(version?.split(/[.+-]/) ?? [])].join("_");
  return {
    type,
    name,
    custom: true,
    urn: makeUrn(identity, type, name, undefined),
    inputs: { ...configOf(pkg, config), ...(version === undefined ? {} : { version }) },
    dependencies: [],
    propertyDependencies: {},
    options: noOptions(),
  };
}

/**
 * Whether the config `pulumi:disable-default-providers` names the package, or all.
 *
 * @throws Error when it is no list of names.
 */
export function isDefaultProviderDisabled(pkg: string, { values }: StackConfig): boolean {
  const text = values["pulumi:disable-default-providers"];
  if (pkg === "pulumi" || text === undefined || text === "") {
    return false;
  }
  let names: unknown;
  try {
    names = JSON.parse(text);
  } catch (error) {
    throw new Error(`Failed to parse ${text}: ${(error as Error).message}`, { cause: error });
  }
  const list = Array.isArray(names) ? (names as unknown[]) : [names];
  const odd = list.findIndex((name) => typeof name !== "string");
  if (odd >= 0) {
    throw new Error(`pulumi:disable-default-providers[${odd}] must be a string`);
  }
  return list.some((name) => ["*", pkg].includes(String(name).trim()));
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
