import { useState } from "preact/hooks";
import type { ItemsAnswer, KeySchema, TableInfo } from "../../api/types";
import {
  Button,
  Dialog,
  Empty,
  ErrorNote,
  formatCount,
  formatName,
  hrefTo,
  Json,
  Loading,
  Table,
  useApi,
  type Column,
} from "../kit";
import { KeyForm } from "./key-form";
import { Pages } from "./pages";
import { useKeptFocus } from "./use-kept-focus";

type Item = Record<string, unknown>;

/** How many attributes have a column of their own, beside those of the key. */
const maxColumns = 6;

/** Text of a cell is cut after so many characters; the item has it in full. */
const maxCellLength = 80;

interface TableItemsProps {
  name: string;
  /** What is known of the table before its items are; `undefined` if there is none of this name. */
  table: TableInfo | undefined;
  query: URLSearchParams;
}

/** The items of a table page by page, or those that a key finds. */
export function TableItems({ name, table, query }: TableItemsProps) {
  const search = new URLSearchParams(query);
  search.delete("as");
  const path = `/api/tables/${encodeURIComponent(name)}/items?${search.toString()}`;
  const { data, error, reload } = useApi<ItemsAnswer>(path);
  const heading = useKeptFocus(path);
  const asJson = query.get("as") === "json";
  const here = (changes: Record<string, string | undefined>) =>
    hrefTo("data", ["tables", name], { ...Object.fromEntries(query), ...changes });
  return (
    <section aria-labelledby="table-name">
      <header class="section-head">
        <h2 id="table-name" ref={heading} tabIndex={-1}>
          {name}
        </h2>
        <div class="actions">
          <Button kind="quiet" onClick={reload}>
            Refresh
          </Button>
          <a href={here({ as: asJson ? undefined : "json" })}>{asJson ? "As table" : "As JSON"}</a>
        </div>
      </header>
      {table && <KeyForm table={table} query={query} />}
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && !error && <Loading />}
      {data && <Items answer={data} asJson={asJson} isSearch={query.has("partition")} />}
      {data && (
        <Pages
          first={query.has("cursor") ? here({ cursor: undefined }) : undefined}
          next={data.cursor && here({ cursor: data.cursor })}
        />
      )}
    </section>
  );
}

interface ItemsProps {
  answer: ItemsAnswer;
  asJson: boolean;
  /** Whether a key was looked for. */
  isSearch: boolean;
}

function Items({ answer: { table, items }, asJson, isSearch }: ItemsProps) {
  const [open, setOpen] = useState<Item | undefined>();
  if (items.length === 0) {
    return <Empty title={isSearch ? "No item has this key" : "There are no items"} />;
  }
  if (asJson) {
    return <Json value={items} label={`Items of ${table.name}`} />;
  }
  const keyNames = namesOf(table.key);
  const titleOf = (item: Item) =>
    keyNames.map((key) => formatName(cellText(item[key]))).join(" · ");
  return (
    <>
      <p class="muted">{formatCount(items.length, "item")} on this page</p>
      <Table
        label={`Items of ${table.name}`}
        rows={items}
        keyOf={(item) => JSON.stringify(keyNames.map((key) => item[key]))}
        columns={columnsOf(items, keyNames, setOpen)}
      />
      {open && (
        <Dialog
          title={titleOf(open)}
          onClose={() => {
            setOpen(undefined);
          }}
        >
          <Json value={open} label="Item" />
        </Dialog>
      )}
    </>
  );
}

function namesOf({ partition, sort }: KeySchema): string[] {
  return [partition.name, ...(sort ? [sort.name] : [])];
}

function columnsOf(
  items: readonly Item[],
  keyNames: readonly string[],
  open: (item: Item) => void,
): Column<Item>[] {
  const others = new Set(items.flatMap((item) => Object.keys(item)));
  for (const name of keyNames) {
    others.delete(name);
  }
  return [...keyNames, ...[...others].slice(0, maxColumns)].map((name, index) => ({
    title: name,
    numeric: items.every((item) => item[name] === undefined || typeof item[name] === "number"),
    cell: (item) =>
      index === 0 ? (
        <button
          type="button"
          aria-haspopup="dialog"
          class={`link mono ${widthOf(item[name])}`}
          onClick={() => {
            open(item);
          }}
        >
          {formatName(cellText(item[name]))}
        </button>
      ) : (
        <span class={typeof item[name] === "object" ? "mono" : widthOf(item[name])}>
          {cellText(item[name])}
        </span>
      ),
  }));
}

/** Ids, times and the like are read in one line; the table scrolls by itself. */
function widthOf(value: unknown): "whole" | "" {
  return typeof value === "string" && /^\S{1,40}$/.test(value) ? "whole" : "";
}

function cellText(value: unknown): string {
  const text =
    typeof value === "string" ? value : ((JSON.stringify(value) as string | undefined) ?? "");
  return text.length > maxCellLength ? `${text.slice(0, maxCellLength)}…` : text;
}
