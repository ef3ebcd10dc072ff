import assert from "node:assert/strict";
import { mock } from "node:test";
import { Planning } from "../../cli/planning";

describe("The planning of a run", () => {
  let lines: string[];

  beforeEach(() => {
    lines = [];
    mock.timers.enable({ apis: ["setTimeout"] });
  });

  afterEach(() => {
    mock.timers.reset();
  });

  function planning(superseded?: AbortSignal): Planning {
    const display = { line: (text: string) => lines.push(text) };
    return new Planning({ display, signal: new AbortController().signal, superseded });
  }

  it("says more and more rarely that the program is still run, until it has said what it asks for", () => {
    const run = planning();
    mock.timers.tick(14_999);
    assert.deepEqual(lines, []);
    for (const ms of [1, 15_000, 30_000]) {
      mock.timers.tick(ms);
    }
    assert.deepEqual(
      lines,
      [15, 30, 60].map((seconds) => `The program has been running for ${seconds} s`),
    );
    run.found();
    mock.timers.tick(1_000_000);
    assert.equal(lines.length, 3);
  });

  it("says nothing more once it has failed", () => {
    planning().end();
    mock.timers.tick(1_000_000);
    assert.deepEqual(lines, []);
  });

  it("is stopped when the program changes again, also when it has by then", () => {
    const changed = new AbortController();
    const runs = [planning(changed.signal)];
    changed.abort();
    runs.push(planning(changed.signal));
    for (const run of runs) {
      assert.ok(run.signal.aborted);
      assert.throws(
        () => {
          run.commit();
        },
        { name: "SupersededError" },
      );
    }
  });

  it("goes on to its end once it changes something", () => {
    const changed = new AbortController();
    const run = planning(changed.signal);
    run.commit();
    changed.abort();
    assert.equal(run.signal.aborted, false);
    run.requireCurrent();
  });
});
