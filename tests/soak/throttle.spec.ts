import { strict as assert } from "node:assert";
import { type Part, isExpected, scheduleAtLimit } from "../../scripts/soak/throttle/part";
import { quotaFor, runThrottle } from "../../scripts/soak/throttle/run-throttle";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

const limits = { process: { rate: 30, burst: 30 }, api: { rate: 50, burst: 50 } };
const load = { seconds: 1, limits };

describe("throttles and quota", function () {
  this.timeout(120_000);
  let run: InProcessRun;

  before(async () => {
    run = await startInProcess(
      {},
      {
        processThrottleRate: String(limits.process.rate),
        processThrottleBurst: String(limits.process.burst),
        apiThrottleRate: String(limits.api.rate),
        apiThrottleBurst: String(limits.api.burst),
        dailyRequestQuota: String(quotaFor(load)),
      },
    );
  });
  after(() => run.remove());

  it("let in what they are configured to, at the limit and at five times it", async () => {
    const options = { ...load, quota: quotaFor(load), mostSlowdown: 5 };
    const { failures } = await runThrottle(run.stack, options, () => undefined);
    assert.deepEqual(failures, []);
  });
});

describe("scheduleAtLimit", () => {
  it("sends the burst at once, then one request for each new token", () => {
    assert.deepEqual(scheduleAtLimit({ rate: 2, burst: 3 }, 2), [0, 0, 0, 500, 1000, 1500, 2000]);
  });
});

describe("isExpected", () => {
  const part = (accepted: number): Part => ({
    sent: 5000,
    accepted,
    expected: { least: 1000, most: 1010 },
    latency: { median: 1, p95: 1 },
    problems: [],
  });

  it("takes a count for right within 1 %", () => {
    assert.ok(isExpected(part(990)));
    assert.ok(isExpected(part(1020)));
  });

  it("takes a count for wrong beyond that", () => {
    assert.ok(!isExpected(part(980)));
    assert.ok(!isExpected(part(1025)));
  });
});
