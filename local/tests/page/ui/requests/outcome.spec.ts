import { strict as assert } from "node:assert";
import { hasFailedAtLast, isOfHttp } from "../../../../page/ui/requests/outcome";
import { invoked, summaryOf } from "./summaries";

describe("what came of a request", () => {
  for (const [source, expected] of [
    ["api", true],
    ["edge", true],
    ["url", true],
    ["event", false],
    ["schedule", false],
    ["invoke", false],
  ] as const) {
    it(`is ${expected ? "a status" : "no status"} where it is of ${source}`, () => {
      assert.equal(isOfHttp(summaryOf(1, { source })), expected);
    });
  }

  it("is a failure where the last function of it has failed, or none could be run", () => {
    const of = (...functions: ReturnType<typeof invoked>[]) => summaryOf(1, { functions });
    const [good, bad] = [invoked("a"), invoked("a", "TypeError")];
    assert.equal(hasFailedAtLast(of(bad, good)), false);
    assert.equal(hasFailedAtLast(of(good, bad)), true);
    assert.equal(hasFailedAtLast(of()), true);
  });

  it("is the same of a request that is opened", () => {
    const common = { requestId: "r", cold: false, startMs: 0, logLines: [], calls: [] };
    const good = { ...common, functionName: "a" };
    const bad = { ...good, error: { type: "TypeError", message: "", stack: [] } };
    assert.equal(hasFailedAtLast({ invocations: [bad, good] }), false);
    assert.equal(hasFailedAtLast({ invocations: [good, bad] }), true);
  });
});
