import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { DescribeAlarmsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { parseSmokeOptions } from "../../scripts/smoke/options";
import { checksOf, isPassed, type Outcome, smoke } from "../../scripts/smoke/smoke";
import { findTarget } from "../../scripts/smoke/target";
import { connect, storedImages } from "../e2e/support/stack";
import { type LocalRun, sharedLocalRun } from "../support/local-run";

const root = join(__dirname, "../..");

describe("npm run smoke, of a local run", function () {
  this.timeout(180_000);

  let run: LocalRun;
  let outputs: string;

  before(async () => {
    run = await sharedLocalRun();
    outputs = join(run.dataDir, "outputs.json");
  });

  const stored = () => storedImages(connect(run.dataDir));

  it("finds all in order, and only reads", async () => {
    const before = await stored();
    const { exitCode, printed } = await command("--outputs", outputs, "--json");
    const { passed, checks } = JSON.parse(printed) as { passed: boolean; checks: Outcome[] };
    const failed = checks.filter(({ result }) => result === "failed");
    assert.deepEqual(failed, []);
    assert.equal(passed, true);
    assert.equal(exitCode, 0);
    const unchecked = checks.filter(({ result }) => result === "not checked");
    // What a local run has otherwise than AWS.
    assert.deepEqual(
      unchecked.map(({ name }) => name),
      ["API: TLS 1.2 or later, certificate trusted and valid", "CDNs: plain HTTP is refused"],
    );
    assert.deepEqual(await stored(), before);
  });

  it("uploads, renders and deletes an image if it is told to, and leaves nothing", async () => {
    const target = findTarget(parseSmokeOptions(["--outputs", outputs]), undefined);
    const before = await stored();
    const [check] = checksOf({ write: true }).slice(-1);
    assert.ok(check);
    const outcomes = await smoke(target, [check], new AbortController().signal);
    assert.deepEqual(outcomes, [
      { name: check.name, result: "ok", detail: "and it is gone again" },
    ]);
    // A row remembers for the next sweep that the CDN has to forget it.
    const left = (await stored()).filter((line) => !before.includes(line));
    assert.deepEqual(
      left.filter((line) => !line.startsWith("row ")),
      [],
    );
  });

  it("fails while an alarm is on, and says which, in a table", async () => {
    const { cloudWatch } = findTarget(parseSmokeOptions(["--outputs", outputs]), undefined);
    const alarm = { AlarmName: "darkroom-local", StateReason: "drill" };
    const isOn = async () => {
      const named = { AlarmNames: [alarm.AlarmName], AlarmTypes: ["CompositeAlarm" as const] };
      const { CompositeAlarms } = await cloudWatch.send(new DescribeAlarmsCommand(named));
      return CompositeAlarms?.[0]?.StateValue === "ALARM";
    };
    let told: Awaited<ReturnType<typeof command>>;
    do {
      // Until it is evaluated, which may be at any moment.
      await cloudWatch.send(new SetAlarmStateCommand({ ...alarm, StateValue: "ALARM" }));
      told = await command("--outputs", outputs);
    } while (!(await isOn()));
    const { exitCode, printed } = told;
    assert.equal(exitCode, 1);
    assert.match(printed, /^FAILED {2}Alarms: none is on +on: darkroom-local$/m);
    assert.match(printed, /^\d+ ok, 1 failed, 2 not checked$/m);
    await cloudWatch.send(new SetAlarmStateCommand({ ...alarm, StateValue: "OK" }));
  });

  it("fails when the key is not that of the stack", async () => {
    const target = findTarget(parseSmokeOptions(["--outputs", outputs]), undefined);
    const credentials = { "x-api-key": "another-key-of-another-stack" };
    const checks = checksOf({ write: true });
    const outcomes = await smoke({ ...target, credentials }, checks, new AbortController().signal);
    assert.equal(isPassed(outcomes), false);
    assert.deepEqual(
      outcomes.filter(({ result }) => result === "failed").map(({ detail }) => detail),
      [
        "expected 200; the answer was 403 InvalidApiKey",
        "expected 201 of an upload; the answer was 403 InvalidApiKey",
      ],
    );
  });
});

async function command(...args: string[]): Promise<{ exitCode: number | null; printed: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/smoke.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed, [exitCode]] = await Promise.all([
    text(child.stdout),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { exitCode, printed };
}
