import { strict as assert } from "node:assert";
import type { Sample } from "../../scripts/soak/throttle/open-loop";
import {
  expectedOf,
  isExpected,
  type Part,
  scheduleAtLimit,
} from "../../scripts/soak/throttle/part";
import { quotaFor, runThrottle } from "../../scripts/soak/throttle/run-throttle";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

const limits = { process: { rate: 20, burst: 20 }, api: { rate: 30, burst: 30 } };
const load = { seconds: 1, limits };
// Beside other tests, sending takes longer, and more is let in meanwhile.
const quota = quotaFor({ ...load, seconds: 3 });

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
        dailyRequestQuota: String(quota),
      },
    );
  });
  after(() => run.remove());

  it("let in what they are configured to, at the limit and at five times it", async () => {
    // Beside other tests, how long requests take says nothing.
    const options = { ...load, quota, mostSlowdown: Infinity };
    const { failures } = await runThrottle(run.stack, options, () => undefined);
    assert.deepEqual(failures, []);
  });
});

describe("scheduleAtLimit", () => {
  it("sends the burst at once, then one request for each new token", () => {
    assert.deepEqual(scheduleAtLimit({ rate: 2, burst: 3 }, 2), [0, 0, 0, 500, 1000, 1500, 2000]);
  });
});

describe("expectedOf", () => {
  const samples = (...answeredAt: number[]): Sample[] =>
    answeredAt.map((time, index) => ({
      sentAt: index * 100,
      answeredAt: time,
      latencyMs: 1,
      status: 429,
      headers: {},
      body: Buffer.alloc(0),
    }));
  const limit = { rate: 5, burst: 2 };

  it("is the burst and what the rate adds in the time", () => {
    const steady = samples(...Array.from({ length: 11 }, (_, index) => index * 100));
    assert.deepEqual(expectedOf(steady, limit), { least: 7, most: 7 });
  });

  it("leaves out what overflows while requests are on their way", () => {
    const late = samples(0, ...Array<number>(10).fill(1000));
    assert.deepEqual(expectedOf(late, limit), { least: 3, most: 7 });
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
