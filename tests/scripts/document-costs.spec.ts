import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { edgeCacheDays } from "../../components/renditions-bucket";
import { hostedServices } from "../../scripts/costs/hosted-services";
import { type Price, prices } from "../../scripts/costs/prices";
import {
  asAvif,
  costOf,
  costOfDeletes,
  describing,
  expireDays,
  making,
  noncurrentDays,
  rendition,
  serving,
  sumOf,
} from "../../scripts/costs/usage";
import { documentCosts, madeBy } from "../../scripts/document-costs";

const file = "docs/costs.md";
const dayNames = /^(?:undated|(?:[A-Z][a-z]+ )?20\d\d)$/;

describe(file, () => {
  it("has the costs as prices and usage have them", async () => {
    assert.equal(readFileSync(file, "utf8"), await documentCosts());
  });

  it("has sums that are those of their lines", () => {
    const sums = { making, serving, describing };
    const cents = Object.values(sums).map((lines) => sumOf(lines).toFixed(2));
    // By hand, from the prices and the quantities that the document says.
    assert.deepEqual(cents, ["18.86", "8.24", "6.96"]);
    assert.equal(costOf({ what: "", price: "s3Put", quantity: 2_000_000 }), 10);
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
