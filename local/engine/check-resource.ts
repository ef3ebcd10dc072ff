import { builtinProblems, isBuiltin } from "./builtin-resources";
import { isDynamic } from "./dynamic-provider";
import type { DynamicResources } from "./dynamic-resources";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";
import { withUnknownsFrom } from "./unknown-inputs";

/** Who can tell what is wrong with a resource. */
interface Checkers {
  dynamic: DynamicResources;
  provider: () => Promise<ResourceProvider>;
  /** URNs of resources whose outputs are not known, as they cannot be created. */
  unplanned: ReadonlySet<string>;
}

/** Why a resource cannot be created as it is, a sentence each, as its provider says. */
export async function problemsOf(
  resource: RegisteredResource,
  { dynamic, provider, unplanned }: Checkers,
): Promise<readonly string[]> {
  const { type, custom } = resource;
  if (!custom) {
    return [];
  }
  if (isBuiltin(type)) {
    return builtinProblems(resource);
  }
  if (isDynamic(type)) {
    return await dynamic.check(resource);
  }
  return (await provider()).check({ type, inputs: withUnknownsFrom(unplanned, resource) });
}
