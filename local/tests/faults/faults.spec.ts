import assert from "node:assert/strict";
import type { Fault } from "../../aws/types";
import { Faults } from "../../faults/faults";
import type { FaultRule } from "../../faults/faults";

const puts: FaultRule = {
  service: "s3",
  operation: "PutObject",
  kind: "error",
  probability: 0.1,
};

function decisions(faults: Faults, service: string, operation: string, calls: number) {
  return Array.from({ length: calls }, () => faults.decide(service, operation));
}

function hits(found: (Fault | undefined)[]): number {
  return found.filter((fault) => fault !== undefined).length;
}

describe("Faults", () => {
  it("hit about as many calls as their probability says", () => {
    const faults = new Faults({ rules: [puts], seed: 1 });
    const found = hits(decisions(faults, "s3", "PutObject", 10_000));
    assert.ok(Math.abs(found - 1000) < 100, String(found));
  });

  it("hit every call with probability 1", () => {
    const faults = new Faults({ rules: [{ ...puts, probability: 1 }] });
    assert.equal(hits(decisions(faults, "s3", "PutObject", 1000)), 1000);
  });

  it("are the same for the same seed, whatever else is called in between", () => {
    const rules = [puts, { ...puts, operation: "GetObject" }];
    const one = new Faults({ rules, seed: 7 });
    const other = new Faults({ rules, seed: 7 });
    const expected = decisions(one, "s3", "PutObject", 200);
    const found = expected.map(() => {
      other.decide("s3", "GetObject");
      other.decide("kms", "GenerateMac");
      return other.decide("s3", "PutObject");
    });
    assert.ok(hits(expected) > 0);
    assert.deepEqual(found, expected);
  });

  it("are others for another seed, which is left to chance if none is given", () => {
    const one = new Faults({ rules: [puts] });
    const other = new Faults({ rules: [puts] });
    assert.notEqual(one.seed, other.seed);
    assert.notDeepEqual(
      decisions(one, "s3", "PutObject", 1000),
      decisions(other, "s3", "PutObject", 1000),
    );
  });

  it("hit each operation of a service for which no operation is named, and no other service", () => {
    const faults = new Faults({ rules: [{ service: "s3", kind: "drop", probability: 1 }] });
    assert.equal(faults.decide("s3", "GetObject")?.kind, "drop");
    assert.equal(faults.decide("s3", "PutObject")?.kind, "drop");
    assert.equal(faults.decide("sns", "Publish"), undefined);
  });

  it("hit a call once, by the first of several rules that do", () => {
    const rules: FaultRule[] = [
      { ...puts, kind: "throttle", probability: 0.5 },
      { ...puts, kind: "drop", probability: 1 },
    ];
    const faults = new Faults({ rules, seed: 1 });
    decisions(faults, "s3", "PutObject", 1000);
    const { throttle = 0, drop = 0 } = faults.counts()["s3:PutObject"] ?? {};
    assert.equal(throttle + drop, 1000);
    assert.ok(Math.abs(throttle - 500) < 100, String(throttle));
  });

  it("can be changed and ended during a run, and are counted by target and kind", () => {
    const faults = new Faults();
    assert.equal(faults.decide("s3", "PutObject"), undefined);
    faults.set([{ ...puts, probability: 1 }]);
    faults.decide("s3", "PutObject");
    faults.decide("s3", "PutObject");
    faults.set([{ service: "lambda", kind: "crash", probability: 1 }]);
    faults.decide("lambda", "Invoke");
    faults.clear();
    assert.equal(faults.decide("lambda", "Invoke"), undefined);
    assert.deepEqual(faults.counts(), {
      "s3:PutObject": { error: 2 },
      "lambda:Invoke": { crash: 1 },
    });
  });

  it("crash at any moment of an invocation", () => {
    const rules: FaultRule[] = [{ service: "lambda", kind: "crash", probability: 1 }];
    const faults = new Faults({ rules, seed: 1 });
    const moments = decisions(faults, "lambda", "Invoke", 1000).map((fault) => fault?.moment ?? 1);
    const quarters = [0, 1, 2, 3].map(
      (quarter) => moments.filter((moment) => Math.floor(moment * 4) === quarter).length,
    );
    assert.ok(Math.min(...quarters) > 200, quarters.join());
  });
});
