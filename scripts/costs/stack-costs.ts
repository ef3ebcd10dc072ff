import { atRest, recordsProvisioned } from "./at-rest";
import { dollars, linesTable } from "./markdown";
import { billOf, costOfMonth, draftsCostOfMonth, months } from "./months";
import { prices } from "./prices";
import { listingResults, puttingRecords } from "./record-usage";
import { million, originalBytes, type Priced, priced, sumOf, together } from "./usage";

/** A stack at rest, what is asked of it, and whole months. */
export function stackCosts(): string {
  const [ours, drafts] = together();
  return `## At rest

A month in which nobody asks anything, of a stack with the defaults and without users:

${linesTable(atRest, "a month of it uses")}

KMS keeps what the key was before each yearly rotation, for $${prices.keys.dollars} a month more from the second and from
the third year on. With users, another table is watched, for $${prices.alarmMetrics.dollars}, and each result is in
an index, for one more unit of writes. Provisioned capacity of the records
table is $${sumOf(recordsProvisioned).toFixed(2)} for 5 units each and $${(2 * prices.alarmMetrics.dollars).toFixed(2)} for watching them, metrics of each method are $0.30 each while they are used, and traces
can be switched off: \`dynamoReadCapacity\`, \`dynamoWriteCapacity\`, \`detailedMetrics\`, \`xrayTracing\`.

## A million of each

Beside the two drafts that this design comes from: Python 3.11 on x86 with 512 MB behind one route for all,
whose images viewers got as they were, from S3 by presigned URLs; and a function in the program's own source.

| a million | $ here | $ in the drafts | ÷ |
| --- | --- | --- | --- |
${Object.values(priced).map(pricedRow).join("\n")}
| **together** | **${dollars(ours)}** | **${dollars(drafts)}** | **${(ours / drafts).toFixed(2)}** |

API Gateway and S3 take $${(prices.apiRequests.dollars + million * (prices.s3Put.dollars / prices.s3Put.per)).toFixed(2)} of a million uploads or documents, whoever makes them, so that no design is much
cheaper there. An upload costs more here because it is looked at, and found by user, time and likeness. What
is saved is bytes: viewers get a rendition, not the original.

### An upload

${linesTable(priced.uploads.ours)}

### A document

${linesTable(priced.processes.ours)}

### A record

By \`PUT /records/{id}\`, of up to a KB. Each further one is a unit more of writes, and each further four are one of reads.

${linesTable(puttingRecords)}

To delete one costs the same, and to get one the same without the write.

### A list of results

By \`GET /results\`, a page of 20:

${linesTable(listingResults)}

## Three months

${monthsTable()}

| $ of that | ${months.map(({ name }) => name).join(" | ")} |
| --- | ${months.map(() => "---").join(" | ")} |
${billRows()}

Originals of ${originalBytes.toLocaleString("en")} bytes are assumed. Not in these sums are rows of DynamoDB and their backups, at
$0.45 a GB: a million images are some two GB.`;
}

function pricedRow({ what, ours: lines, drafts }: Priced): string {
  const ours = sumOf(lines);
  const theirs = drafts && sumOf(drafts);
  const beside =
    theirs === undefined ? "– | –" : `${dollars(theirs)} | ${(ours / theirs).toFixed(2)}`;
  return `| ${what} | ${dollars(ours)} | ${beside} |`;
}

/** Example months, as README.md has them, too. */
export function monthsTable(): string {
  const columns: [string, (month: (typeof months)[number]) => string][] = [
    ["uploads", ({ counts }) => count(counts.uploads)],
    ["views", ({ counts }) => count(counts.views)],
    ["new renditions", ({ counts }) => count(counts.renditions)],
    ["lists, metadata", ({ counts }) => count(counts.reads)],
    ["documents", ({ counts }) => count(counts.processes)],
    ["originals stored", ({ stored }) => count(stored)],
    ["$ a month", (month) => `**${dollars(costOfMonth(month))}**`],
    ["$ in the drafts", (month) => dollars(draftsCostOfMonth(month))],
  ];
  const rows = months.map(
    (month) => `| ${[month.name, ...columns.map(([, cell]) => cell(month))].join(" | ")} |`,
  );
  return [
    `| | ${columns.map(([title]) => title).join(" | ")} |`,
    `| --- | ${columns.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}

function billRows(): string {
  const bills = months.map(billOf);
  const titles: Record<keyof (typeof bills)[number], string> = {
    atRest: "at rest",
    uploads: "uploads",
    views: "views",
    renditions: "renditions",
    reads: "lists and metadata",
    processes: "documents",
    stored: "originals stored",
  };
  return Object.entries(titles)
    .map(([key, title]) => {
      const cells = bills.map((bill) => dollars(bill[key as keyof typeof bill]));
      return `| ${[title, ...cells].join(" | ")} |`;
    })
    .join("\n");
}

function count(number: number): string {
  return number.toLocaleString("en");
}
