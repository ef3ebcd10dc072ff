import { useEffect, useRef, useState } from "preact/hooks";
import type { TableInfo } from "../../api/types";
import { Button, Field, hrefTo, navigate } from "../kit";

interface KeyFormProps {
  table: TableInfo;
  /** What is looked for now. */
  query: URLSearchParams;
}

/** Finds items by the key of the table or of an index. */
export function KeyForm({ table, query }: KeyFormProps) {
  const [indexName, setIndexName] = useState(query.get("index") ?? "");
  const form = useRef<HTMLFormElement>(null);
  // The address may lead elsewhere by itself. The fields stay: one of them may have the focus.
  useEffect(() => {
    form.current?.reset();
    setIndexName(query.get("index") ?? "");
  }, [query.toString()]);
  const key = table.indexes.find(({ name }) => name === indexName)?.key ?? table.key;
  const hrefOf = (values: Record<string, string | undefined>) =>
    hrefTo("data", ["tables", table.name], { as: query.get("as") ?? undefined, ...values });
  const search = (fields: HTMLFormElement) => {
    const values = new FormData(fields);
    const valueOf = (name: string) => {
      const value = values.get(name);
      return typeof value === "string" ? value : undefined;
    };
    navigate(hrefOf({ index: indexName, partition: valueOf("partition"), sort: valueOf("sort") }));
  };
  return (
    <form
      ref={form}
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        search(event.currentTarget);
      }}
    >
      {table.indexes.length > 0 && (
        <Field label="Find by">
          <select
            value={indexName}
            onChange={({ currentTarget }) => {
              setIndexName(currentTarget.value);
            }}
          >
            <option value="">the table’s key</option>
            {table.indexes.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </Field>
      )}
      <Field label={key.partition.name}>
        <input name="partition" required defaultValue={query.get("partition") ?? ""} />
      </Field>
      {key.sort && (
        <Field label={`${key.sort.name} ${key.sort.type === "N" ? "is" : "begins with"}`}>
          <input name="sort" defaultValue={query.get("sort") ?? ""} />
        </Field>
      )}
      <Button type="submit" kind="primary">
        Find
      </Button>
      {query.has("partition") && <a href={hrefOf({})}>All items</a>}
    </form>
  );
}
