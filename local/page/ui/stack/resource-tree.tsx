import { useEffect, useRef, useState } from "preact/hooks";
import { Badge, hrefTo, navigate } from "../kit";
import type { Node } from "./resource-forest";
import { shortType } from "./short-type";
import { commandOf, rowsOf } from "./tree-keys";

interface TreeProps {
  forest: readonly Node[];
  /** The URN that is open beside the tree. */
  current: string | undefined;
  isOpen: (urn: string) => boolean;
  setOpen: (urn: string, isOpen: boolean) => void;
  /** What the page's address has beside the resource. */
  query: Readonly<Record<string, string | undefined>>;
}

/** The tree of resources; one row is in the tab order, and keys go on from there. */
export function ResourceTree({ forest, current, isOpen, setOpen, query }: TreeProps) {
  const rows = rowsOf(forest, isOpen);
  const [active, setActive] = useState(current);
  useEffect(() => {
    setActive(current);
  }, [current]);
  const tree = useRef<HTMLUListElement>(null);
  const activeIndex = Math.max(
    rows.findIndex(({ node }) => node.resource.urn === active),
    0,
  );
  const commands = {
    focus: (urn: string) => {
      setActive(urn);
      const items = tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [];
      [...items].find((item) => item.dataset.urn === urn)?.focus();
    },
    select: (urn: string) => {
      navigate(hrefTo("stack", ["resources", urn], query));
    },
    open: (urn: string) => {
      setOpen(urn, true);
    },
    close: (urn: string) => {
      setOpen(urn, false);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = isPlain ? commandOf(event.key, rows, activeIndex, isOpen) : undefined;
    if (command) {
      event.preventDefault();
      commands[command.do](command.urn);
    }
  };
  return (
    <ul class="tree" role="tree" aria-label="Resources" ref={tree} onKeyDown={onKeyDown}>
      {rows.map(({ node, level }, index) => (
        <TreeItem
          key={node.resource.urn}
          node={node}
          level={level}
          isOpen={isOpen(node.resource.urn)}
          isCurrent={node.resource.urn === current}
          isActive={index === activeIndex}
          onToggle={setOpen}
          onSelect={commands.select}
        />
      ))}
    </ul>
  );
}

interface ItemProps {
  node: Node;
  level: number;
  isOpen: boolean;
  isCurrent: boolean;
  isActive: boolean;
  onToggle: (urn: string, isOpen: boolean) => void;
  onSelect: (urn: string) => void;
}

function TreeItem({ node, level, isOpen, isCurrent, isActive, onToggle, onSelect }: ItemProps) {
  const { urn, name, type, violations } = node.resource;
  const isBranch = node.children.length > 0;
  return (
    <li
      role="treeitem"
      data-urn={urn}
      aria-level={level}
      aria-selected={isCurrent}
      aria-expanded={isBranch ? isOpen : undefined}
      tabIndex={isActive ? 0 : -1}
      style={{ "--level": level }}
      onClick={() => {
        onSelect(urn);
      }}
    >
      <span
        class="twist"
        aria-hidden="true"
        onClick={(event) => {
          if (isBranch) {
            event.stopPropagation();
            onToggle(urn, !isOpen);
          }
        }}
      >
        {isBranch ? (isOpen ? "▾" : "▸") : ""}
      </span>
      <span class="tree-name">{name}</span> <span class="tree-type">{shortType(type)}</span>
      {violations > 0 && <Badge tone="bad">{violations}</Badge>}
    </li>
  );
}
