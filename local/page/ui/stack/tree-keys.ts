import type { Node } from "./resource-forest";

/** A row of the tree that can be seen. */
export interface Row {
  node: Node;
  /** From 1. */
  level: number;
  /** URN of the row that it lies in. */
  parent: string | undefined;
}

/** What a key does in the tree: to the row with this URN. */
export interface TreeCommand {
  do: "focus" | "select" | "open" | "close";
  urn: string;
}

/** The rows of a forest whose parents are open, from the top. */
export function rowsOf(
  nodes: readonly Node[],
  isOpen: (urn: string) => boolean,
  level = 1,
  parent?: string,
): Row[] {
  return nodes.flatMap((node) => [
    { node, level, parent },
    ...(isOpen(node.resource.urn)
      ? rowsOf(node.children, isOpen, level + 1, node.resource.urn)
      : []),
  ]);
}

/**
 * What a key does in a tree: arrows move between rows, right and left open and close, Home and End go
 * to the ends, letters to a name, Enter and Space choose.
 *
 * @param index of the row that has the focus.
 * @returns nothing for a key that means nothing there.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
export function commandOf(
  key: string,
  rows: readonly Row[],
  index: number,
  isOpen: (urn: string) => boolean,
): TreeCommand | undefined {
  const row = rows[index];
  if (!row) {
    return undefined;
  }
  const { urn } = row.node.resource;
  const [firstChild] = row.node.children;
  const isBranchOpen = firstChild !== undefined && isOpen(urn);
  switch (key) {
    case "Enter":
    case " ":
      return { do: "select", urn };
    case "ArrowRight":
      return isBranchOpen
        ? { do: "focus", urn: firstChild.resource.urn }
        : firstChild && { do: "open", urn };
    case "ArrowLeft":
      return isBranchOpen ? { do: "close", urn } : focusOn(row.parent);
    default:
      return focusOn(targetOf(key, rows, index)?.node.resource.urn);
  }
}

function focusOn(urn: string | undefined): TreeCommand | undefined {
  return urn === undefined ? undefined : { do: "focus", urn };
}

/** The row that a key goes to; letters go to the next name that begins with them. */
function targetOf(key: string, rows: readonly Row[], index: number): Row | undefined {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(index + 1, rows.length - 1),
    ArrowUp: Math.max(index - 1, 0),
    Home: 0,
    End: rows.length - 1,
  };
  const place = places[key];
  if (place !== undefined) {
    return rows[place];
  }
  const next = [...rows.slice(index + 1), ...rows.slice(0, index)];
  return /^\S$/.test(key)
    ? next.find(({ node }) => node.resource.name.toLowerCase().startsWith(key.toLowerCase()))
    : undefined;
}
