import { Fragment } from "preact";
import type { BucketsAnswer, TableInfo, TablesAnswer } from "../../api/types";
import { BackLink, Empty, hrefTo, Panel, useApi, type View, type ViewProps } from "../kit";
import { BucketObjects } from "./bucket-objects";
import { TableItems } from "./table-items";
import "./data.css";

/** What the tables and buckets hold, to page through and to look at. */
export const view: View = { id: "data", title: "Data", order: 400, component: Data };

function Data({ path: [kind, name], query }: ViewProps) {
  const tables = useApi<TablesAnswer>("/api/tables", { on: ["stack"] });
  const buckets = useApi<BucketsAnswer>("/api/buckets", { on: ["stack"] });
  const loaded = {
    data: tables.data && buckets.data,
    error: tables.error ?? buckets.error,
    reload: () => {
      tables.reload();
      buckets.reload();
    },
  };
  return (
    <Panel
      title="Data"
      lead="What tables and buckets hold; nothing can be changed here"
      loaded={loaded}
    >
      <div class={`split data ${name === undefined && isKind(kind) ? "" : "split-open"}`}>
        <div class="split-list">
          <Stores
            title="Tables"
            kind="tables"
            names={tables.data?.tables.map((table) => table.name) ?? []}
            current={kind === "tables" ? name : undefined}
          />
          <Stores
            title="Buckets"
            kind="buckets"
            names={buckets.data?.buckets.map((bucket) => bucket.name) ?? []}
            current={kind === "buckets" ? name : undefined}
          />
        </div>
        <div class="split-main">
          <Store kind={kind} name={name} query={query} tables={tables.data?.tables ?? []} />
        </div>
      </div>
    </Panel>
  );
}

/** Whether an address is of something that the view has, or of its start. */
function isKind(kind: string | undefined): kind is "tables" | "buckets" | undefined {
  return kind === undefined || kind === "tables" || kind === "buckets";
}

interface StoreProps {
  kind: string | undefined;
  name: string | undefined;
  query: URLSearchParams;
  tables: readonly TableInfo[];
}

function Store({ kind, name, query, tables }: StoreProps) {
  if (!isKind(kind)) {
    return (
      <Empty title={`There are no “${kind}” here, only tables and buckets`}>
        <p>
          <a href={hrefTo("data")}>All tables and buckets</a>
        </p>
      </Empty>
    );
  }
  if (name === undefined) {
    return (
      <Empty title="Choose a table or a bucket">
        <p>Its items or objects are shown here.</p>
      </Empty>
    );
  }
  const table = tables.find((each) => each.name === name);
  return (
    <Fragment key={`${kind}/${name}`}>
      <BackLink href={hrefTo("data")}>All tables and buckets</BackLink>
      {kind === "tables" ? (
        <TableItems name={name} table={table} query={query} />
      ) : (
        <BucketObjects name={name} query={query} />
      )}
    </Fragment>
  );
}

interface StoresProps {
  title: string;
  kind: "tables" | "buckets";
  names: readonly string[];
  current: string | undefined;
}

function Stores({ title, kind, names, current }: StoresProps) {
  return (
    <nav class="card stores" aria-label={title}>
      <h2>{title}</h2>
      {names.length === 0 && <p class="muted">The stack has none.</p>}
      <ul>
        {names.map((name) => (
          <li key={name}>
            <a
              href={hrefTo("data", [kind, name])}
              aria-current={name === current ? "page" : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
