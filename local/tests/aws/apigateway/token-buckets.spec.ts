import assert from "node:assert/strict";
import fc from "fast-check";
import { TokenBuckets } from "../../../aws/apigateway/token-buckets";

const limit = { rateLimit: 10, burstLimit: 20 };
const epoch = Date.UTC(2025, 10, 21);

describe("TokenBuckets", () => {
  it("lets a burst through, then as many as the rate refills", () => {
    const buckets = new TokenBuckets();
    const passed = (count: number, afterMs: number) =>
      Array.from({ length: count }, () =>
        buckets.take("b", limit, new Date(epoch + afterMs)),
      ).filter(Boolean).length;
    assert.equal(passed(100, 0), 20);
    assert.equal(passed(100, 99), 0);
    assert.equal(passed(100, 500), 5);
    assert.equal(passed(100, 60_000), 20);
  });

  it("keeps buckets apart by name", () => {
    const buckets = new TokenBuckets();
    const one = { rateLimit: 1, burstLimit: 1 };
    assert.ok(buckets.take("a", one, new Date(epoch)));
    assert.ok(!buckets.take("a", one, new Date(epoch)));
    assert.ok(buckets.take("b", one, new Date(epoch)));
  });

  it("never lets more through than the burst and what the time adds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 400 }), { maxLength: 200 }), (steps) => {
        const buckets = new TokenBuckets();
        let now = epoch;
        let latest = epoch;
        let passed = 0;
        for (const step of steps) {
          now += step;
          latest = Math.max(latest, now);
          passed += buckets.take("b", limit, new Date(now)) ? 1 : 0;
        }
        assert.ok(passed <= 20 + ((latest - epoch) / 1000) * 10);
      }),
    );
  });
});
