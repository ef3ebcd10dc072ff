import { useMemo, useState } from "preact/hooks";
import type { ResourceSummary } from "../../api/types";
import { Empty, Field, hrefTo, navigate } from "../kit";
import { ResourceDetailsPane } from "./resource-details";
import { ancestorsOf, forestOf, pruned } from "./resource-forest";
import { ResourceTree } from "./resource-tree";

interface ResourcesProps {
  resources: readonly ResourceSummary[];
  /** The one that is looked at. */
  urn: string | undefined;
  query: URLSearchParams;
}

/** The tree of components and resources, and one of them beside it. */
export function Resources({ resources, urn, query }: ResourcesProps) {
  const filter = query.get("find") ?? "";
  const { forest, isOpen, setOpen } = useForest(resources, urn, filter);
  return (
    <div class={`split ${urn === undefined ? "" : "split-open"}`}>
      <div class="split-list">
        <Field label="Find a resource">
          <input
            type="search"
            value={filter}
            placeholder="Name or type"
            onInput={({ currentTarget }) => {
              const path = ["resources", ...(urn === undefined ? [] : [urn])];
              navigate(hrefTo("stack", path, { find: currentTarget.value }), { replace: true });
            }}
          />
        </Field>
        {forest.length > 0 ? (
          <ResourceTree
            forest={forest}
            current={urn}
            isOpen={isOpen}
            setOpen={setOpen}
            query={{ find: filter }}
          />
        ) : (
          <Empty title={`Nothing is called “${filter}”`} />
        )}
      </div>
      <div class="split-main">
        {urn === undefined ? (
          <Empty title="Choose a resource">
            <p>Its inputs, outputs and what depends on it are shown here.</p>
          </Empty>
        ) : (
          <ResourceDetailsPane key={urn} urn={urn} backTo={hrefTo("stack", [], { find: filter })} />
        )}
      </div>
    </div>
  );
}

/** The part of the tree that is to be seen: by what is looked for, and by what people open. */
function useForest(resources: readonly ResourceSummary[], urn: string | undefined, filter: string) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const forest = useMemo(() => forestOf(resources), [resources]);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown =
    words.length === 0
      ? forest
      : pruned(forest, ({ name, type }) => {
          const text = `${name} ${type}`.toLowerCase();
          return words.every((word) => text.includes(word));
        });
  const onTheWay = new Set(urn === undefined ? [] : ancestorsOf(urn, resources));
  const roots = new Set(forest.map(({ resource }) => resource.urn));
  return {
    forest: shown,
    isOpen: (of: string) =>
      toggled.get(of) ?? (words.length > 0 || roots.has(of) || onTheWay.has(of)),
    setOpen: (of: string, open: boolean) => {
      setToggled((last) => new Map(last).set(of, open));
    },
  };
}
