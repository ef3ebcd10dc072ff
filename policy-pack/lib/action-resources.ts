import actionsWithoutResources from "../data/actions-without-resources.json";

/**
 * Actions that can only be granted on all resources, by service: names, and families of actions
 * that read, such as `Describe*`. Derived from AWS's service authorization reference as of
 * September 2026: those for which it lists no resource type.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const services: ReadonlyMap<string, string> = new Map(Object.entries(actionsWithoutResources));

interface Actions {
  /** In lower case, as all of these. */
  names: ReadonlySet<string>;
  /** What the names of a family's actions begin with. */
  families: readonly string[];
}

const parsed = new Map<string, Actions>();

/**
 * Whether no statement can limit the action to named resources. An action that ends in a wildcard
 * counts if that holds for all actions it stands for.
 */
export function knowsNoResources(action: string): boolean {
  const [service = "", name = ""] = action.toLowerCase().split(":");
  const { names, families } = actionsOf(service);
  const [beginning = ""] = name.split(/[*?]/);
  return names.has(name) || families.some((family) => beginning.startsWith(family));
}

function actionsOf(service: string): Actions {
  const known = parsed.get(service);
  if (known) {
    return known;
  }
  const listed = services.get(service);
  const patterns = listed === undefined ? [] : listed.toLowerCase().split(" ");
  const actions = {
    names: new Set(patterns.filter((pattern) => !pattern.endsWith("*"))),
    families: patterns.flatMap((pattern) => (pattern.endsWith("*") ? [pattern.slice(0, -1)] : [])),
  };
  parsed.set(service, actions);
  return actions;
}
