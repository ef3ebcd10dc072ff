import { join } from "node:path";
import type { Endpoints } from "./run-files";
import { quote } from "./welcome";

/** What a line of the table may hold, so that it fits a terminal. */
const columns = 2;

/** What stands below another name or is no address of a service. */
const hidden: ReadonlySet<string> = new Set(["aws", "page"]);

/**
 * The lines that say where the services of a run are, and how the `aws` command gets at them.
 *
 * Versions 1 and those before 2.13 of the command do not know `AWS_ENDPOINT_URL`, so the line names it.
 *
 * @param data the data folder, as the command line gave it.
 */
export function serviceLines(endpoints: Endpoints, data: string): string[] {
  const services = Object.entries(endpoints).filter(
    (entry): entry is [string, string] => !hidden.has(entry[0]) && isUrl(entry[1]),
  );
  const source = `source ${quote(join(data, "aws.env"))}`;
  return [
    "Services:",
    ...table(services),
    `All of AWS's at ${String(endpoints.aws)}, for the aws command:`,
    `${source} && aws --endpoint-url "$AWS_ENDPOINT_URL" s3 ls`,
  ];
}

function table(rows: readonly [string, string][]): string[] {
  const [nameWidth, urlWidth] = [0, 1].map((part) =>
    Math.max(...rows.map((row) => row[part]?.length ?? 0)),
  );
  const cells = rows.map(
    ([name, url]) => `${name.padEnd(nameWidth ?? 0)}  ${url.padEnd(urlWidth ?? 0)}`,
  );
  const lines = Math.ceil(cells.length / columns);
  return Array.from({ length: lines }, (_, line) =>
    `    ${cells.filter((_cell, index) => index % lines === line).join("   ")}`.trimEnd(),
  );
}

function isUrl(value: unknown): boolean {
  return typeof value === "string" && /^https?:\/\//.test(value);
}
