import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { edgeCacheDays } from "../../components/storage/renditions-bucket";
import { alarmMetrics, atRest, draftsAtRest } from "../../scripts/costs/at-rest";
import { documentCosts, madeBy, readmeWithCosts } from "../../scripts/costs/document";
import { firewallAtRest } from "../../scripts/costs/edge-options";
import { hostedServices } from "../../scripts/costs/hosted-services";
import { billOf, costOfMonth, draftsCostOfMonth, months } from "../../scripts/costs/months";
import type { Price } from "../../scripts/costs/price";
import { prices } from "../../scripts/costs/prices";
import { listingResults, puttingRecords } from "../../scripts/costs/record-usage";
import {
  asAvif,
  costOf,
  costOfDeletes,
  describing,
  executionLogBytes,
  expireDays,
  gigabytes,
  making,
  noncurrentDays,
  priced,
  rendition,
  serving,
  sumOf,
  together,
} from "../../scripts/costs/usage";

const file = "docs/costs.md";
const dayNames = /^(?:undated|(?:[A-Z][a-z]+ )?20\d\d)$/;

/** What `docs/costs.md` has under a heading. */
function sectionOf(heading: string): string {
  const [, rest = ""] = readFileSync(file, "utf8").split(`${heading}\n`);
  return rest.split("\n### ")[0] ?? "";
}

describe(file, () => {
  it("has the costs as prices and usage have them", async () => {
    assert.equal(readFileSync(file, "utf8"), await documentCosts());
  });

  it("has the months that README.md has", async () => {
    const readme = readFileSync("README.md", "utf8");
    assert.equal(await readmeWithCosts(readme), readme);
    assert.ok(readme.includes(`$${sumOf(atRest).toFixed(2)} of each month`));
    await assert.rejects(readmeWithCosts("# Nothing"), /lacks <!--/);
  });

  it("is at rest, with every alarm there is, for three dollars at most", () => {
    // The key, the composite alarm, fourteen metrics, and less than a cent for the sweeps.
    assert.equal(alarmMetrics, 14);
    assert.equal(sumOf(atRest).toFixed(2), (1 + 0.5 + 1.4 + 0.01).toFixed(2));
    assert.ok(sumOf(atRest) <= 3);
    assert.equal(sumOf(draftsAtRest).toFixed(2), (5 * 730 * (0.00013 + 0.00065) + 0.1).toFixed(2));
  });

  it("has a firewall for what the config and its manual say", () => {
    const dollars = sumOf(firewallAtRest);
    assert.equal(dollars, 2 * 5 + 6 * 1);
    for (const document of ["Pulumi.yaml", "README.md"]) {
      const text = readFileSync(document, "utf8");
      assert.ok(text.includes(`for $${dollars} a month and $0.60 a million requests`), document);
    }
    assert.equal(prices.inspectedRequests.dollars, 0.6);
  });

  it("has logs of every step for what the config and its manual say", () => {
    const dollars = (gigabytes(executionLogBytes) * prices.logs.dollars).toFixed(1);
    assert.equal(dollars, "2.3");
    for (const document of ["Pulumi.yaml", "README.md"]) {
      const text = readFileSync(document, "utf8");
      assert.ok(text.includes(`for about $${dollars}0 a million requests`), document);
    }
  });

  it("costs, of a million of each, at most half of what the drafts did", () => {
    const here = Object.values(priced).map(({ ours }) => sumOf(ours).toFixed(2));
    assert.deepEqual(here, ["24.17", "8.24", "18.86", "5.99", "14.21"]);
    const [ours, drafts] = together();
    assert.ok(ours <= 0.5 * drafts, `${ours} beside ${drafts}`);
  });

  it("has months that are the sums of what they are made of, and at most half of the drafts'", () => {
    for (const month of months) {
      const cents = Object.values(billOf(month)).reduce((sum, dollars) => sum + dollars, 0);
      assert.equal(costOfMonth(month), cents);
      assert.ok(costOfMonth(month) <= 0.5 * draftsCostOfMonth(month), month.name);
    }
    const [small] = months;
    assert.ok(small);
    // By hand: thousandths of a million, and 10,000 originals of 3,000,000 bytes.
    const asked = (24.17 * 1 + 8.24 * 20 + 18.86 * 3 + 5.99 * 10 + 14.21 * 1) / 1000;
    assert.equal(costOfMonth(small).toFixed(1), (2.91 + asked + 27.94 * 0.023).toFixed(1));
  });

  it("has sums that are those of their lines", () => {
    const sums = { making, serving, describing };
    const cents = Object.values(sums).map((lines) => sumOf(lines).toFixed(2));
    // By hand, from the prices and the quantities that the document says.
    assert.deepEqual(cents, ["18.86", "8.24", "6.96"]);
    assert.equal(costOf({ what: "", price: "s3Put", quantity: 2_000_000 }), 10);
  });

  it("has records and lists of results as a request to the API, and what each reads and writes", () => {
    // By hand, as in the others: API Gateway and its logs, the function, its logs and traces.
    const asked = 3.5 + 0.2 + 0.2 + 0.67 + 0.93 + 0.25;
    assert.equal(sumOf(puttingRecords).toFixed(1), (asked + 0.125 + 0.625).toFixed(1));
    assert.equal(sumOf(listingResults).toFixed(1), (asked + 2 * 0.125).toFixed(1));
    const [records, lists] = ["### A record", "### A list of results"].map(sectionOf);
    assert.match(records ?? "", /\*\*together\*\* .*\*\*6\.49\*\*/);
    assert.match(lists ?? "", /\*\*together\*\* .*\*\*5\.99\*\*/);
  });

  it("charges for deletes beyond what is free", () => {
    assert.deepEqual([0, 1000, 1001, 1_000_000].map(costOfDeletes), [0, 0, 0.005, 4995]);
  });

  it("makes renditions for at most a tenth of what any hosted service bills for them", () => {
    const billed = hostedServices.map(madeBy).filter((theirs) => theirs > 0);
    assert.ok(billed.length >= 4);
    assert.ok(Math.min(...billed) >= 10 * sumOf(making));
  });

  it("takes milliseconds from what was measured, and days from the config", () => {
    const measured = readFileSync("docs/renditions.md", "utf8");
    assert.match(measured, new RegExp(`\\| 640 +\\| WebP +\\| ${rendition.milliseconds} `));
    assert.match(measured, new RegExp(`\\| 640 +\\| AVIF +\\| ${asAvif.milliseconds} `));
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: { renditionExpireDays: { default: number } };
    };
    assert.equal(expireDays, config.renditionExpireDays.default);
    assert.equal(noncurrentDays, edgeCacheDays);
  });

  it("says where and when each price was found", () => {
    for (const { source, dollars } of Object.values<Price>(prices)) {
      assert.match(source, /^https:\/\/aws\.amazon\.com\/.*pricing\//);
      assert.ok(dollars > 0);
    }
    for (const { sources, asOf } of hostedServices) {
      assert.ok(sources.length > 0 && sources.every((url) => url.startsWith("https://")));
      assert.match(asOf, dayNames);
    }
  });
});
