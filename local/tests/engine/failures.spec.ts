import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { DiagnosticEvent } from "../../engine/events";
import { NothingPrior } from "../../engine/prior-state";
import type { RunOptions } from "../../engine/run-program";
import { isAlive, until } from "./processes";
import { startFixture } from "./run-fixture";
import type { FixtureRun } from "./run-fixture";

const thingUrn = "urn:pulumi:dev::failing::test:index/thing:Thing";

function diagnostics({ events }: FixtureRun): DiagnosticEvent[] {
  return events.flatMap((event) =>
    event.kind === "diagnostic"
      ? [{ ...event, message: stripVTControlCharacters(event.message) }]
      : [],
  );
}

function errors(run: FixtureRun): DiagnosticEvent[] {
  return diagnostics(run).filter(({ severity }) => severity === "error");
}

/** Runs the program, expects it to fail, and returns its only diagnostic. */
async function failure(how: string): Promise<DiagnosticEvent> {
  const run = await startFixture("failing", { how });
  await assert.rejects(run.result, { name: "RunFailed" });
  const [diagnostic, ...others] = diagnostics(run);
  assert.ok(diagnostic);
  assert.deepEqual(others, []);
  assert.equal(diagnostic.severity, "error");
  return diagnostic;
}

describe("A program that fails", () => {
  it("is reported with its exception and where it was thrown", async () => {
    const { message, urn } = await failure("throw");
    assert.match(
      message,
      /^Running program '.*index\.ts' failed with an unhandled exception:\nError: boom\n +at .*index\.ts/,
    );
    assert.equal(urn, undefined);
  });

  it("is reported when a promise is rejected", async () => {
    assert.match((await failure("reject")).message, /exception:\nError: rejected\n/);
  });

  it("is reported by its message alone when it throws a RunError", async () => {
    assert.equal((await failure("runError")).message, "the prefix is too long");
  });

  it("is reported when it ends with an exit code of its own", async () => {
    const { message } = await failure("exit");
    assert.equal(message, "an unhandled error occurred: Program exited with non-zero exit code: 7");
  });

  it("is reported when it fails while it ends, after it has succeeded", async () => {
    const { message } = await failure("exitLate");
    assert.match(message, /Program exited with non-zero exit code: 8/);
  });

  it("is told why a function call failed", async () => {
    const { message } = await failure("invoke");
    assert.match(
      message,
      /Error: invocation of test:index:fail returned an error: no such function/,
    );
  });

  it("is told why a transform failed", async () => {
    const { message } = await failure("transform");
    assert.match(
      message,
      /failed to register new resource thing .*: transform failed: Error: no transform/,
    );
  });

  it("is told that resources that exist elsewhere cannot be looked up", async () => {
    const { message } = await failure("read");
    assert.match(
      message,
      /Thing some-id cannot be looked up: the local cloud has only the resources/,
    );
  });

  it("is told that components of provider plugins cannot run", async () => {
    const { message } = await failure("remote");
    assert.match(message, /test:index:Remote is a component of a provider plugin/);
  });
});

describe("A resource that fails", () => {
  const refusal = (name: string, message: string) => ({
    kind: "diagnostic",
    severity: "error",
    message,
    urn: `${thingUrn}::${name}`,
  });
  const errorOf = (message: string) => ({
    kind: "diagnostic",
    severity: "error",
    message: `creating ${thingUrn}::failing: ${message}`,
    urn: `${thingUrn}::failing`,
  });

  it("is reported by its URN when its inputs are wrong, and keeps all from being created", async () => {
    const run = await startFixture("failing", { how: "plan" });
    await assert.rejects(run.result, { message: "a resource cannot be created like this" });
    assert.deepEqual(errors(run), [refusal("failing", "it is wrong")]);
    assert.deepEqual(
      run.provider.planned.map(({ name }) => name),
      ["before", "failing", "after"],
    );
    assert.deepEqual(run.provider.created, []);
  });

  it("is reported along with all others whose inputs the provider refuses, known or not", async () => {
    for (const dryRun of [false, true]) {
      const run = await startFixture("failing", { how: "refused" }, { dryRun });
      await assert.rejects(run.result, { message: "2 resources cannot be created like this" });
      assert.deepEqual(diagnostics(run), [
        refusal("first", "refused: one"),
        refusal("second", "refused: two"),
      ]);
      assert.deepEqual(run.provider.created, []);
    }
  });

  it("is not blamed for outputs that another one lacks because it was refused", async () => {
    const run = await startFixture("failing", { how: "consequence" });
    await assert.rejects(run.result, { message: "a resource cannot be created like this" });
    assert.deepEqual(diagnostics(run), [refusal("failing", "it is wrong")]);
  });

  it("is reported before the program's own failure", async () => {
    const run = await startFixture("failing", { how: "refusedAndThrow" });
    await assert.rejects(run.result, { message: "the program failed" });
    const [refused, thrown] = diagnostics(run);
    assert.deepEqual(refused, refusal("first", "refused: one"));
    assert.match(thrown?.message ?? "", /Error: boom/);
  });

  it("is reported by its URN and keeps others from being created when its creation fails", async () => {
    const run = await startFixture("failing", { how: "create" });
    const { create } = await run.result;
    await assert.rejects(create(), { message: "a resource could not be created" });
    assert.deepEqual(diagnostics(run), [errorOf("it is broken")]);
    assert.deepEqual(run.provider.created, ["before"]);
  });

  it("ends the run where it cannot be planned for a reason that is not its own, and says that one", async () => {
    const noRoom = new Error("no room on the disk");
    class FullDisk extends NothingPrior {
      override stepTo(): Promise<never> {
        return Promise.reject(noRoom);
      }
    }
    const priorState = Promise.resolve(new FullDisk());
    const run = await startFixture("failing", { how: "create" }, { priorState });
    await assert.rejects(run.result, noRoom);
    assert.deepEqual([run.provider.created, diagnostics(run)], [[], []]);
  });

  it("is reported when it is registered twice", async () => {
    const { message, urn } = await failure("duplicate");
    assert.equal(
      message,
      `Duplicate resource URN '${thingUrn}::twin'; try giving it a unique name`,
    );
    assert.equal(urn, `${thingUrn}::twin`);
  });
});

describe("A program's messages", () => {
  it("are passed on with their severity and resource, debug messages excepted", async () => {
    const run = await startFixture("failing", { how: "messages" });
    await run.result;
    const seen = diagnostics(run).map(({ severity, message, urn }) => [severity, message, urn]);
    assert.deepEqual(
      seen.sort(),
      [
        ["info", "printed", undefined],
        ["info", "complained", undefined],
        ["info", "informed", undefined],
        ["warning", "warned", `${thingUrn}::talkative`],
      ].sort(),
    );
  });
});

describe("The processes of a program", () => {
  let dir: string;
  let pidFile: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "engine-"));
    pidFile = join(dir, "pids.json");
  });

  afterEach(() => rm(dir, { recursive: true }));

  function startProgram(how: string, options?: Partial<RunOptions>): Promise<FixtureRun> {
    return startFixture("failing", { how, pidFile }, options);
  }

  async function requireAllEnded(): Promise<void> {
    const pids = JSON.parse(readFileSync(pidFile, "utf8")) as number[];
    assert.equal(pids.length, 2);
    await until(() => !pids.some(isAlive));
  }

  it("are all ended when it succeeds", async () => {
    const { result } = await startProgram("leaveBehind");
    await result;
    await requireAllEnded();
  });

  it("are all ended when the run is stopped", async () => {
    const controller = new AbortController();
    const { result } = await startProgram("hang", { signal: controller.signal });
    const stopped = assert.rejects(result, { message: "the program was stopped" });
    await until(() => existsSync(pidFile));
    controller.abort();
    await stopped;
    await requireAllEnded();
  });
});
