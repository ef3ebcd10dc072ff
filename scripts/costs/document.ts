import path from "node:path";
import { betweenMarks, type Marks } from "../between-marks";
import { formatted } from "../formatted";
import { edgeOptions } from "./edge-options";
import { type HostedService, hostedServices } from "./hosted-services";
import { dollars, linesTable } from "./markdown";
import { optionCosts } from "./options";
import type { Price } from "./price";
import { prices, pricesAsOf } from "./prices";
import { monthsTable, stackCosts } from "./stack-costs";
import {
  asAvif,
  costOf,
  costOfDeletes,
  costOfRendering,
  describing,
  expireDays,
  freePaths,
  gigabytes,
  making,
  rendition,
  serving,
  sumOf,
} from "./usage";

/** What is written. */
export const costsFile = path.join(__dirname, "../../docs/costs.md");
/** What has example months, between other things. */
export const readmeFile = path.join(__dirname, "../../README.md");

/** Between these, README.md has what is written here. */
const marks: Marks = ["<!-- Written by npm run docs:costs: -->", "<!-- That was it. -->"];

/** `docs/costs.md` as prices and usage have it. */
export async function documentCosts(): Promise<string> {
  return formatted(text(), costsFile);
}

/** `README.md` with the months as prices and usage have them. */
export async function readmeWithCosts(readme: string): Promise<string> {
  return formatted(betweenMarks(readme, marks, monthsTable(), "README.md"), readmeFile);
}

function text(): string {
  return `<!-- Written by npm run docs:costs from scripts/costs/. -->

# What it costs

List prices of us-east-1, ${pricesAsOf}, in dollars, without free tiers. \`npm run bench -- cost\` prints the
sums.

${stackCosts()}

${optionCosts()}

${edgeOptions()}

${imagesAtTheEdge()}
`;
}

function imagesAtTheEdge(): string {
  const [made, served] = [sumOf(making), sumOf(serving)];
  return `## Images at the edge

In dollars for a million. The rendition is a ${rendition.text}, which
has ${rendition.bytes.toLocaleString("en")} bytes.

| a million renditions                              | $ |
| --- | --- |
| made for the first time, and kept ${expireDays} days | ${dollars(made)} |
| served to a viewer, bytes included                | ${dollars(served)} |
| **new**: made and served once                     | **${dollars(made + served)}** |
| **repeated**: served once more                    | **${dollars(served)}** |

A rendition that the edge has no more is served from the bucket, for $${prices.s3Get.dollars} a thousand more. One
that has expired is made again.

### Made

${linesTable(making)}

### Served

${linesTable(serving)}

Most of that is for bytes. AVIF, which browsers get that accept it, has ${percentLess(asAvif.bytes, rendition.bytes)} % fewer here: it costs
${dollars(costOfRendering(asAvif.milliseconds - rendition.milliseconds))} more to make, and ${dollars(costOfBytes(rendition.bytes) - costOfBytes(asAvif.bytes))} less to serve.

### Beside hosted services

Dollars for a million, by the cheapest plan whose list price was found. Made is what they bill for a
rendition, served for its bytes.

${hostedTable(made, served)}

Whoever bills renditions bills at least ${Math.floor(leastRatio(made))} times what making one costs here. Bytes are another
matter: CloudFront's own price of a GB is a fifth of what Cloudinary and ImageKit take, and not far from
what imgix takes. Cloudflare Images bills no bytes, but each rendition anew in every 30 days in which it is
asked for.

${onOtherOccasions()}`;
}

/** What uploads and deletes cost, what is free, and where prices come from. */
function onOtherOccasions(): string {
  return `### Looks

\`describe-image\` looks at every upload once:

${linesTable(describing)}

\`GET /images/{id}/url\`, \`GET /images\` and all other routes cost what the API costs; a page of a hundred
images with all their URLs is one request.

### Deletes

Deleting an image makes the edge forget its renditions: one path, \`/i/<image id>/*\`, if there were any, and
none if there were not. ${freePaths.toLocaleString("en")} paths a month are free, and each further one is $${prices.invalidations.dollars}, more
than anything else here:

| deletes a month, each by itself | $ a month |
| --- | --- |
${[1000, 10_000, 100_000].map((count) => `| ${count.toLocaleString("en")} | ${dollars(costOfDeletes(count))} |`).join("\n")}

Deletes in bulk cost less: CloudFront works on 15 such paths at a time, and what it throttles is left to
the sweep, which every hour has the edge forget all of \`/i/*\` by a single path when more than 15 images are
due. The edge then gets the renditions of other images from the bucket again, as they are asked for.
Moving an image's focal point deletes its renditions, too, and the next sweep once more.

## What is free

Every month, for an account, and not only in its first year:

| price | free |
| --- | --- |
${Object.values<Price>(prices)
  .filter(({ free }) => free !== undefined)
  .map(({ what, free = "" }) => `| ${what} | ${free} |`)
  .join("\n")}

So ten million views of a month, if they are 1 TB at most, cost no more than what CloudFront Functions take:
two runs each, of which two million are free. The key that signs URLs is a parameter of the standard tier
and costs nothing; a distribution, a key group and a function that nobody calls cost nothing either. Origin
Shield, which is off by default, is billed by requests that pass through it.

## Prices

| price | $ | for | source | |
| --- | --- | --- | --- | --- |
${Object.values<Price>(prices).map(priceRow).join("\n")}

Read are prices that the page itself has as text, which AWS fills in by script for most; quoted are the
others, in which tools, articles and price lists of 2024 to 2026 agree. Milliseconds and bytes are measured,
on a core that may be faster or slower than Lambda's. That a run waits for 100 ms, starts included, is
assumed.`;
}

function hostedTable(made: number, served: number): string {
  const rows = hostedServices.map((service) => {
    const { name, how, asOf, sources } = service;
    const links = sources.map((url) => `<${url}>`).join(" ");
    const [theirMade, theirServed] = [madeBy(service), servedBy(service)];
    const cells = [
      name,
      theirMade === 0 ? "–" : dollars(theirMade),
      theirServed === undefined ? "–" : dollars(theirServed),
      `${how} (${asOf}) ${links}`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| | made | served | how |",
    "| --- | --- | --- | --- |",
    `| here | ${dollars(made)} | ${dollars(served)} | above |`,
    ...rows,
  ].join("\n");
}

function costOfBytes(bytes: number): number {
  return costOf({ what: "bytes", price: "viewerData", quantity: gigabytes(bytes) });
}

function percentLess(less: number, more: number): string {
  return (100 * (1 - less / more)).toFixed(0);
}

/** How many times as much making costs where it costs the least of all that bill it. */
function leastRatio(made: number): number {
  return Math.min(...hostedServices.map(madeBy).filter((theirs) => theirs > 0)) / made;
}

/** Dollars for a million renditions. */
export function madeBy({ dollarsPerMade }: HostedService): number {
  return dollarsPerMade * 1_000_000;
}

function servedBy({ dollarsPerGb }: HostedService): number | undefined {
  return dollarsPerGb === undefined ? undefined : dollarsPerGb * gigabytes(rendition.bytes);
}

function priceRow({ what, dollars: price, per, unit, source, isRead }: Price): string {
  const how = isRead ? "read" : "quoted";
  return `| ${what} | ${price} | ${per.toLocaleString("en")} ${unit} | <${source}> | ${how} |`;
}
