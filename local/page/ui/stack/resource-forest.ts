import type { ResourceSummary } from "../../api/types";

/** A resource with those below it. */
export interface Node {
  resource: ResourceSummary;
  children: Node[];
}

/** The resources as trees; one whose parent is not there is a root. Components stand before resources. */
export function forestOf(resources: readonly ResourceSummary[]): Node[] {
  const nodes = new Map(resources.map((resource) => [resource.urn, nodeOf(resource)]));
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(node.resource.parent ?? "");
    (parent?.children ?? roots).push(node);
  }
  for (const { children } of nodes.values()) {
    children.sort(byKindAndName);
  }
  return roots;
}

/** Those trees that have what `matches` in them, with the way to it and all below it. */
export function pruned(
  forest: readonly Node[],
  matches: (node: ResourceSummary) => boolean,
): Node[] {
  return forest.flatMap((node) => {
    if (matches(node.resource)) {
      return [node];
    }
    const children = pruned(node.children, matches);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** URNs of what a resource lies in, from the outside in. */
export function ancestorsOf(urn: string, resources: readonly ResourceSummary[]): string[] {
  const parent = resources.find((resource) => resource.urn === urn)?.parent;
  return parent === undefined ? [] : [...ancestorsOf(parent, resources), parent];
}

function nodeOf(resource: ResourceSummary): Node {
  return { resource, children: [] };
}

function byKindAndName({ resource: one }: Node, { resource: other }: Node): number {
  return Number(one.custom) - Number(other.custom) || one.name.localeCompare(other.name);
}
