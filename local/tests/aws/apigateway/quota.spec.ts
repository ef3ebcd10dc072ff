import assert from "node:assert/strict";
import { isValidQuota, periodStart, type QuotaSettings } from "../../../aws/apigateway/quota";

const start = (period: QuotaSettings["period"], offset: number, now: string) =>
  periodStart({ limit: 1, period, offset }, new Date(now));

describe("periodStart", () => {
  it("begins a day at midnight UTC", () => {
    assert.equal(start("DAY", 0, "2025-11-21T23:59:59.999Z"), "2025-11-21");
    assert.equal(start("DAY", 0, "2025-11-22T00:00:00Z"), "2025-11-22");
    assert.equal(start("DAY", 0, "2025-11-22T01:00:00+02:00"), "2025-11-21");
  });

  it("begins a week on Sunday, or so many days later", () => {
    assert.equal(start("WEEK", 0, "2025-11-22T12:00:00Z"), "2025-11-16");
    assert.equal(start("WEEK", 0, "2025-11-23T00:00:00Z"), "2025-11-23");
    assert.equal(start("WEEK", 1, "2025-11-23T00:00:00Z"), "2025-11-17");
  });

  it("begins a month on the first, or so many days later", () => {
    assert.equal(start("MONTH", 0, "2025-11-30T12:00:00Z"), "2025-11-01");
    assert.equal(start("MONTH", 9, "2025-11-09T12:00:00Z"), "2025-10-10");
    assert.equal(start("MONTH", 9, "2025-11-10T12:00:00Z"), "2025-11-10");
    assert.equal(start("MONTH", 27, "2026-01-05T12:00:00Z"), "2025-12-28");
  });
});

describe("isValidQuota", () => {
  it("accepts the offsets that the period has days for", () => {
    assert.ok(isValidQuota({ limit: 1, period: "DAY" }));
    assert.ok(isValidQuota({ limit: 1, period: "WEEK", offset: 6 }));
    assert.ok(!isValidQuota({ limit: 1, period: "DAY", offset: 1 }));
    assert.ok(!isValidQuota({ limit: 1, period: "WEEK", offset: 7 }));
    assert.ok(!isValidQuota({ limit: 1, period: "MONTH", offset: 28 }));
    assert.ok(!isValidQuota({ limit: 0, period: "DAY" }));
    assert.ok(!isValidQuota({ limit: 1, period: "YEAR" as "DAY" }));
  });
});
