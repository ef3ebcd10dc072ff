import { difference } from "./diff";
import type { Change } from "./diff";
import type { Properties } from "./resource";

/** A resource of a program's run. */
export interface RunResource {
  urn: string;
  type: string;
  /** False for components, which exist in the program only. */
  custom: boolean;
  /** As the inventory keeps them, with the name that was made up. */
  inputs: Properties;
  /** URNs that the resource may have had before. */
  aliases?: readonly string[];
  /** Inputs of which changes do not count, as paths. */
  ignoreChanges?: readonly string[];
  /** Inputs whose change replaces the resource, as paths. */
  replaceOnChanges?: readonly string[];
}

/** What happens to a resource from one run of its program to the next. */
export interface Step {
  kind: "create" | "update" | "replace" | "same" | "delete";
  urn: string;
  type: string;
  /** What differs; empty unless the resource is updated or replaced. */
  changes: Change[];
}

/** What leads from the resources of one run to those of the next; those that go come last. */
export function stepsBetween(
  before: readonly Omit<RunResource, "custom">[],
  after: readonly RunResource[],
): Step[] {
  const known = new Map(before.map((resource) => [resource.urn, resource]));
  const steps = after.map((resource) => {
    const { urn, aliases = [] } = resource;
    const old = [urn, ...aliases].map((name) => known.get(name)).find(Boolean);
    if (old) {
      known.delete(old.urn);
    }
    return stepOf(old?.inputs, resource);
  });
  const gone = [...known.values()].map(({ urn, type }): Step => {
    return { kind: "delete", urn, type, changes: [] };
  });
  return [...steps, ...gone.reverse()];
}

function stepOf(before: Properties | undefined, resource: RunResource): Step {
  const { urn, type, custom, inputs, ignoreChanges = [], replaceOnChanges = [] } = resource;
  if (!before) {
    return { kind: "create", urn, type, changes: [] };
  }
  const changes = difference(type, before, inputs)
    .changes.filter(({ path }) => !covers(ignoreChanges, path))
    .map((change) => ({
      ...change,
      replaces: custom && (change.replaces || covers(replaceOnChanges, change.path)),
    }));
  const isReplaced = changes.some(({ replaces }) => replaces);
  const kind = changes.length === 0 ? "same" : isReplaced ? "replace" : "update";
  return { kind, urn, type, changes };
}

/** Whether one of `paths` is `path`, or has it inside. */
function covers(paths: readonly string[], path: string): boolean {
  return paths.some(
    (each) =>
      each === "*" || path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`),
  );
}
