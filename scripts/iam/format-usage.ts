import type { GrantUsage, RefusedCall, RoleUsage } from "../../local/aws/iam/usage";
import { excuseFor, isUsed } from "./unused-grants";
import type { Excuse } from "./unused-grants";

const header = ["action", "resource", "granted", "used", "unused", "refused"];

/** A table of each role, its grants first and what it was refused last, and the excuses below. */
export function formatUsage(usage: readonly RoleUsage[], allowList: readonly Excuse[]): string {
  const tables = usage.map(({ role, grants, refused }) => {
    const rows = [
      ...grants.map((grant) => grantRow(grant, allowList)),
      ...refused.map((call) => refusalRow(call)),
    ];
    return `${role}\n${formatTable([header, ...rows])}`;
  });
  const excuses = allowList.map(({ reason }, index) => `[${index + 1}] ${reason}`);
  return [...tables, excuses.join("\n")].join("\n\n");
}

function grantRow(grant: GrantUsage, allowList: readonly Excuse[]): string[] {
  const { action, resource, statement } = grant;
  const excuse = excuseFor(grant, allowList);
  const unused = excuse ? `[${allowList.indexOf(excuse) + 1}]` : "UNUSED";
  return [action, resource, statement, formatUsed(grant), isUsed(grant) ? "" : unused, ""];
}

/** How often; by action where the grant has a wildcard. */
function formatUsed({ action, used }: GrantUsage): string {
  return Object.entries(used)
    .map(([name, count]) => (/[*?]| /.test(action) ? `${name} ${count}` : String(count)))
    .join(", ");
}

function refusalRow({ action, resource, count }: RefusedCall): string[] {
  return [action, resource, "", "", "", String(count)];
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`)
    .map((line) => line.trimEnd())
    .join("\n");
}
