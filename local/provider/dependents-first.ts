import type { KeptTraits } from "../engine/prior-state";

/** A resource that may need others. */
interface Dependent {
  urn: string;
  traits?: Pick<KeptTraits, "needs">;
}

/** Puts each resource before those that it needs; the order stays as it is where that leaves a choice. */
export function dependentsFirst<Resource extends Dependent>(
  resources: readonly Resource[],
): Resource[] {
  const ordered: Resource[] = [];
  const visited = new Set<Resource>();
  const visit = (resource: Resource) => {
    if (visited.has(resource)) {
      return;
    }
    visited.add(resource);
    for (const other of resources) {
      if (other.traits?.needs?.includes(resource.urn) === true) {
        visit(other);
      }
    }
    ordered.push(resource);
  };
  resources.forEach(visit);
  return ordered;
}
