import type { ComponentChildren } from "preact";

/** A column of a table of `Row`. */
export interface Column<Row> {
  title: string;
  cell: (row: Row) => ComponentChildren;
  /** Figures stand at the right, below each other. `@default` false */
  numeric?: boolean;
  /** Left out where the screen is narrow. `@default` false */
  wide?: boolean;
}

interface TableProps<Row> {
  /** What the table is of, for those who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** What tells a row from the others. */
  keyOf: (row: Row) => string;
  /** The row that is open beside the table, if one is. */
  isCurrent?: (row: Row) => boolean;
}

/** A table, which scrolls by itself where it is wider than the screen. */
export function Table<Row>({ label, columns, rows, keyOf, isCurrent }: TableProps<Row>) {
  const classOf = ({ numeric, wide }: Column<Row>) =>
    [numeric && "numeric", wide && "wide"].filter(Boolean).join(" ") || undefined;
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} class={isCurrent?.(row) ? "current" : undefined}>
              {columns.map((column) => (
                <td key={column.title} class={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
