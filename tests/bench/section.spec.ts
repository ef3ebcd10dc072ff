import assert from "node:assert/strict";
import { inTurn, type Measurement, meetsTarget, ratioOf } from "../../bench/support/section";

const figure: Measurement = { what: "a start", how: "CPU", unit: "s", ours: [3, 1, 2] };

describe("inTurn", () => {
  it("lets who is first in one round be last in the next one", () => {
    const all = ["this", "other", "third"];
    assert.deepEqual(
      [0, 1, 2].map((round) => inTurn(all, round)),
      [all, ["third", "other", "this"], all],
    );
    assert.deepEqual(all, ["this", "other", "third"]);
  });
});

describe("ratioOf", () => {
  it("is the median of the quotients of pairs, not the quotient of medians", () => {
    const other = { name: "before", values: [1, 1, 4] };
    assert.equal(ratioOf({ ...figure, other }), 1);
  });

  it("is the one that is given", () => {
    assert.equal(ratioOf({ ...figure, ratio: 7, other: { name: "before", values: [1] } }), 7);
  });

  it("is none of what is compared with nothing", () => {
    assert.equal(ratioOf(figure), undefined);
  });
});

describe("meetsTarget", () => {
  it("asks the ratio", () => {
    const other = { name: "before", values: [6, 2, 4] };
    assert.equal(meetsTarget({ ...figure, other, target: { atMost: 0.5 } }), true);
    assert.equal(meetsTarget({ ...figure, other, target: { atMost: 0.49 } }), false);
    assert.equal(meetsTarget({ ...figure, other, target: { atLeast: 0.5 } }), true);
    assert.equal(meetsTarget({ ...figure, other, target: { atLeast: 0.51 } }), false);
  });

  it("asks the median where there is no ratio", () => {
    assert.equal(meetsTarget({ ...figure, target: { atMost: 2 } }), true);
    assert.equal(meetsTarget({ ...figure, target: { atMost: 1.9 } }), false);
  });

  it("lets a target be missed by the allowance, and no more", () => {
    const missed = { ...figure, ours: [114], target: { atMost: 100 } };
    assert.equal(meetsTarget(missed), false);
    assert.equal(meetsTarget(missed, 0.15), true);
    assert.equal(meetsTarget({ ...missed, ours: [116] }, 0.15), false);
    assert.equal(meetsTarget({ ...missed, ours: [86], target: { atLeast: 100 } }, 0.15), true);
    assert.equal(meetsTarget({ ...missed, ours: [84], target: { atLeast: 100 } }, 0.15), false);
  });

  it("is false of what is no number", () => {
    assert.equal(meetsTarget({ ...figure, ratio: NaN, target: { atMost: 1 } }, 0.15), false);
    assert.equal(meetsTarget({ ...figure, ratio: NaN, target: { atLeast: 1 } }, 0.15), false);
  });

  it("is undefined of a figure without a target", () => {
    assert.equal(meetsTarget(figure), undefined);
  });
});
