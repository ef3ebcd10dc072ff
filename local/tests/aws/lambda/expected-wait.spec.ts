import assert from "node:assert/strict";
import type { DeployedFunction } from "../../../aws/lambda/execution-environment";
import { ExpectedWait, type Queued, type Timed } from "../../../aws/lambda/expected-wait";

const coldStartMs = 50;
const deployed = {} as DeployedFunction;

function environment(isCold = false, startMs = 1): Timed {
  return { deployed, isCold, startMs };
}

/** Lets an invocation take as long as a cold start. */
function lasting(wait: ExpectedWait, busy: Timed): void {
  wait.begin(busy);
  const begun = performance.now();
  while (performance.now() - begun < coldStartMs);
  wait.end(busy);
}

const starting: Timed = { deployed, isCold: false, startMs: undefined };

describe("ExpectedWait", () => {
  let wait: ExpectedWait;
  const busy = environment();
  const queued: Queued = {
    deployed,
    waitedMs: 0,
    waiting: 1,
    patienceMs: coldStartMs,
    busy: [busy],
  };

  beforeEach(() => {
    wait = new ExpectedWait(coldStartMs);
  });

  it("is short while nothing is known", () => {
    assert.equal(wait.isShort(queued), true);
    assert.equal(wait.isShort({ ...queued, waitedMs: coldStartMs - 1 }), true);
  });

  it("is over once one is out of patience", () => {
    assert.equal(wait.isShort({ ...queued, waitedMs: coldStartMs }), false);
    const patient = { ...queued, patienceMs: 2 * coldStartMs };
    assert.equal(wait.isShort({ ...patient, waitedMs: coldStartMs }), true);
    assert.equal(wait.isShort({ ...patient, waitedMs: 2 * coldStartMs }), false);
  });

  it("is over once others have waited for as long as a start, while a processor has no environment", () => {
    wait = new ExpectedWait(coldStartMs, 2);
    wait.queue(queued);
    const begun = performance.now();
    wait.queue(queued);
    assert.equal(wait.isShort(queued), true);
    wait.leave(queued);
    while (performance.now() - begun < coldStartMs);
    assert.equal(wait.isShort(queued), false);
    assert.equal(wait.isShort({ ...queued, busy: [busy, environment()] }), true);
    wait.leave(queued);
    assert.equal(wait.isShort(queued), true);
  });

  it("is longer for one that is being started", () => {
    const early = { ...queued, busy: [starting] };
    assert.equal(wait.isShort({ ...early, waitedMs: coldStartMs }), true);
    assert.equal(wait.isShort({ ...early, waitedMs: 4 * coldStartMs }), false);
  });

  it("is as long as the start of those that are busy took", () => {
    const slow = { ...queued, busy: [busy, environment(false, 3 * coldStartMs)] };
    assert.equal(wait.isShort({ ...slow, waitedMs: 3 * coldStartMs - 1 }), true);
    assert.equal(wait.isShort({ ...slow, waitedMs: 3 * coldStartMs }), false);
  });

  it("is none where there is nothing to wait for", () => {
    assert.equal(wait.isShort({ ...queued, busy: [] }), false);
  });

  it("goes by how long the last invocation took", () => {
    lasting(wait, busy);
    assert.equal(wait.isShort(queued), false);
    wait.begin(busy);
    wait.end(busy);
    assert.equal(wait.isShort(queued), true);
  });

  it("goes by how many wait for how many environments", () => {
    lasting(wait, busy);
    const three = [environment(), environment(), environment()];
    assert.equal(wait.isShort({ ...queued, busy: three }), true);
    assert.equal(wait.isShort({ ...queued, busy: three, waiting: 3 }), false);
  });

  it("does not go by an invocation that waited for its environment's start", () => {
    lasting(wait, environment(true));
    assert.equal(wait.isShort(queued), true);
  });
});
