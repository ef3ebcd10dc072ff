import assert from "node:assert/strict";
import { availableParallelism } from "node:os";

import type { PoolOptions } from "../../../aws/lambda/environment-pool";
import { LocalLambda, isAlive } from "./support/local-lambda";

/** Resolves once the process is gone. The test's own timeout bounds the wait. */
async function gone(pid: unknown): Promise<void> {
  while (isAlive(pid)) {
    await new Promise(setImmediate);
  }
}

const pidAfterTurn = `exports.handler = async (event) => {
  await new Promise((resolve) => setTimeout(resolve, event.ms ?? 0));
  return process.pid;
};`;

describe("EnvironmentPool", () => {
  let local: LocalLambda;

  async function start(options: Partial<PoolOptions>): Promise<void> {
    local = await LocalLambda.start(options);
    await local.create(pidAfterTurn, { name: "one" });
    await local.create(pidAfterTurn, { name: "two" });
  }

  afterEach(async () => {
    await local.stop();
  });

  it("makes invocations wait their turn when all environments are busy", async () => {
    await start({ maxEnvironments: 1 });
    const results = await Promise.all([1, 2, 3].map(() => local.invoke({ ms: 20 }, "one")));
    assert.equal(new Set(results.map(({ result }) => result)).size, 1);
  });

  it("throttles an invocation that waits too long", async () => {
    await start({ maxEnvironments: 1, patienceMs: 50 });
    const running = local.invoke({ ms: 1000 }, "one");
    await assert.rejects(local.invoke({}, "two"), { code: "TooManyRequestsException" });
    assert.deepEqual(local.valuesOf("Throttles"), [1]);
    await running;
  });

  it("gives the place of an idle environment to another function", async () => {
    await start({ maxEnvironments: 1 });
    const { result: one } = await local.invoke({}, "one");
    const { result: two } = await local.invoke({}, "two");
    assert.notEqual(two, one);
    await gone(one);
  });

  it("serves the waiting of another function", async () => {
    await start({ maxEnvironments: 1 });
    const [one, two] = await Promise.all([
      local.invoke({ ms: 50 }, "one"),
      local.invoke({}, "two"),
    ]);
    assert.notEqual(two.result, one.result);
  });

  it("lets invocations wait for a function's own environment that is free soon", async () => {
    await start({ maxEnvironments: 2, coldStartMs: 60_000 });
    const { result: other } = await local.invoke({}, "two");
    const results = await Promise.all([1, 2].map(() => local.invoke({ ms: 20 }, "one")));
    assert.equal(new Set(results.map(({ result }) => result)).size, 1);
    assert.equal((await local.invoke({}, "two")).result, other);
  });

  it("starts one process for invocations at once that are over sooner than another one starts", async () => {
    await start({ maxEnvironments: 8, coldStartMs: 60_000 });
    const results = await Promise.all([1, 2, 3, 4].map(() => local.invoke({ ms: 5 }, "one")));
    assert.equal(new Set(results.map(({ result }) => result)).size, 1);
  });

  it("starts another process where there is a queue for as long as that takes, and a processor for it", async () => {
    await start({ maxEnvironments: 8, coldStartMs: 300 });
    const processes = Math.min(2, availableParallelism());
    const pids = new Set<unknown>();
    const client = async (): Promise<void> => {
      while (pids.size < processes) {
        pids.add((await local.invoke({}, "one")).result);
      }
    };
    await Promise.all([1, 2, 3, 4].map(client));
    // More, where their starts take longer than all of that.
    assert.ok(pids.size >= processes);
  });

  it("starts another process for who has waited as long as that takes", async () => {
    await start({ maxEnvironments: 2, coldStartMs: 20 });
    const { result: only } = await local.invoke({}, "one");
    // Until the test ends.
    void local.invoke({ ms: 60_000 }, "one");
    assert.notEqual((await local.invoke({}, "one")).result, only);
  });

  it("lets events wait longer for a process of their function than requests", async () => {
    local = await LocalLambda.start({ maxEnvironments: 2, coldStartMs: 1 });
    await local.create(pidAfterTurn);
    const { result: only } = await local.invoke();
    const running = local.invoke({ ms: 500 });
    await local.queue();
    await running;
    while (local.valuesOf("Invocations").length < 3) {
      await new Promise(setImmediate);
    }
    assert.equal((await local.invoke()).result, only);
    assert.equal(local.lines.filter((line) => line.startsWith("INIT_START")).length, 1);
  });

  it("takes an environment from a function that has not needed it of late", async () => {
    await start({ maxEnvironments: 2, coldStartMs: 10 });
    const { result: other } = await local.invoke({}, "two");
    void local.invoke({ ms: 60_000 }, "one");
    await local.invoke({}, "one");
    await gone(other);
  });

  it("lets requests go before events, which may wait longer", async () => {
    local = await LocalLambda.start({ maxEnvironments: 1, patienceMs: 2000 });
    await local.create(`exports.handler = async ({ name, ms = 0 }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      console.log("served " + name);
    };`);
    const first = local.invoke({ name: "first", ms: 100 });
    await local.queue({ name: "event" });
    await Promise.all([first, local.invoke({ name: "second" })]);
    while (local.valuesOf("Invocations").length < 3) {
      await new Promise(setImmediate);
    }
    const served = local.lines.flatMap((line) => /served (\w+)/.exec(line)?.slice(1) ?? []);
    assert.deepEqual(served, ["first", "second", "event"]);
  });

  it("lets events wait while requests do, though there is room for them", async () => {
    local = await LocalLambda.start({ maxEnvironments: 8, coldStartMs: 60_000 });
    const handler = `exports.handler = async ({ name, ms = 0 }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      console.log("served " + name);
    };`;
    await local.create(handler);
    await local.create(handler, { name: "other" });
    const first = local.invoke({ name: "first", ms: 300 }, "other");
    const second = local.invoke({ name: "second" }, "other");
    await local.queue({ name: "event" });
    await Promise.all([first, second]);
    while (local.valuesOf("Invocations").length < 3) {
      await new Promise(setImmediate);
    }
    const names = local.lines.flatMap((line) => /served (\w+)/.exec(line)?.slice(1) ?? []);
    assert.equal(names[0], "first");
  });

  it("does not throttle events", async () => {
    local = await LocalLambda.start({ maxEnvironments: 1, patienceMs: 1 });
    await local.create(pidAfterTurn);
    const running = local.invoke({ ms: 100 });
    await local.queue();
    await running;
    while (local.valuesOf("Invocations").length < 2) {
      await new Promise(setImmediate);
    }
    assert.deepEqual(local.valuesOf("Throttles"), [0, 0]);
  });

  it("ends environments that have been idle for long", async () => {
    await start({ idleMs: 1 });
    await gone((await local.invoke({}, "one")).result);
  });

  it("soon ends what a burst has left idle, but for one of each function", async () => {
    await start({ surplusIdleMs: 1, coldStartMs: 0 });
    const other = (await local.invoke({}, "two")).result;
    const burst = [1, 2, 3].map(() => local.invoke({ ms: 100 }, "one"));
    const pids = (await Promise.all(burst)).map(({ result }) => result);
    assert.equal(new Set(pids).size, 3);
    while (pids.filter(isAlive).length > 1) {
      await new Promise(setImmediate);
    }
    const left = pids.find(isAlive);
    assert.equal((await local.invoke({}, "one")).result, left);
    assert.equal((await local.invoke({}, "two")).result, other);
  });

  it("uses no environment that is so old that its credentials may end", async () => {
    let now = new Date("2026-03-04T05:06:07Z");
    const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);
    local = await LocalLambda.start({ clock: () => now });
    await local.create(pidAfterTurn, { name: "one" });
    const { result: first } = await local.invoke({}, "one");
    now = hours(9);
    assert.equal((await local.invoke({}, "one")).result, first);
    now = hours(2);
    assert.notEqual((await local.invoke({}, "one")).result, first);
    await gone(first);
  });

  it("forgets environments whose process ended while they were idle", async () => {
    local = await LocalLambda.start();
    await local.create(`exports.handler = async () => {
      setTimeout(() => process.exit(), 20);
      return process.pid;
    };`);
    const { result: first } = await local.invoke();
    await gone(first);
    assert.notEqual((await local.invoke()).result, first);
  });

  it("refuses the waiting when it stops", async () => {
    await start({ maxEnvironments: 1 });
    const running = local.invoke({ ms: 60_000 }, "one");
    const waiting = assert.rejects(local.invoke({}, "two"), { code: "TooManyRequestsException" });
    await local.lambda.stop();
    await waiting;
    assert.equal((await running).functionError, "Unhandled");
  });
});
