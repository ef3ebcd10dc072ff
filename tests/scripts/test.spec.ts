import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "../e2e/support/wait-until";
import { descendantsOf, ended } from "../../scripts/descendants";

const projectDir = join(__dirname, "..", "..");
const fixtures = "tests/support/fixtures";

describe("npm test", function () {
  this.timeout(120_000);
  let tempDir: string;

  beforeEach(() => {
    tempDir = mkdtempSync(join(tmpdir(), "npm-test-"));
  });
  afterEach(() => {
    rmSync(tempDir, { recursive: true });
  });

  function start(...args: string[]): { child: ChildProcess; printed: () => string } {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/test.ts", ...args], {
      cwd: projectDir,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, TMPDIR: tempDir },
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    }
    return { child, printed: () => printed };
  }

  async function run(...args: string[]): Promise<{ exitCode: number | null; printed: string }> {
    const { child, printed } = start(...args);
    const [exitCode] = (await once(child, "close")) as [number | null];
    assert.deepEqual(
      readdirSync(tempDir).filter((entry) => !entry.startsWith("tsx-")),
      [],
    );
    return { exitCode, printed: printed() };
  }

  it("prints what has passed as mocha does, and one summary", async () => {
    const { exitCode, printed } = await run("--specs", `${fixtures}/{passing,more-passing}.ts`);
    assert.equal(exitCode, 0, printed);
    assert.match(printed, /\n {2}passing\n {4}✔ first\n {4}inside\n {6}✔ second\n\n/);
    assert.match(printed, /\n {2}more\n {4}✔ third\n {4}- is to come\n\n/);
    assert.match(printed, /\n {2}3 passing \(.*\)\n {2}1 pending\n/);
  });

  it("goes on whatever a file does, and tells at its end what did not run", async () => {
    const files = "{busy,ended-process,failing-hooks,held-up,late-errors,not-loaded,passing}.ts";
    const args = ["--specs", `${fixtures}/${files}`, "--patience", "10", "--jobs", "2"];
    const { exitCode, printed } = await run(...args);
    assert.equal(exitCode, 1);
    assert.match(printed, /\n {2}12 passing \(.*\)\n {2}11 failing\n/);
    for (const failure of [
      /ended\n +ends the process:\n +Error: The process of the tests ended with the exit code 0\./,
      /before\n +"before all" hook for "one":\n +Error: Timeout of 10ms exceeded\./,
      /busy\n +goes round in circles:\n +Error: It held up its process for 10 s, which was ended then\.\n +at .*busy\.ts:5:7/,
      /held up\n +waits for ever:\n +Error: It held up its process for 10 s, which was ended then\.\n(.*\n)? +at .*held-up\.ts:10:13/,
      /late\n +takes too long:\n +Error: Timeout of 10ms exceeded\./,
      /not-loaded\.ts, of which no test ran: it cannot be loaded:\n +AssertionError.*: not to be loaded\n/,
      /7 tests did not run:\n/,
      /\n {2}ended is the same\n/,
      /\n {2}held up is left out\n/,
      /\n {2}after each two\n/,
      /late-errors\.ts: Errors came when the tests that had caused them were over:\n {2}late takes too long:\n/,
      /\n {2}late passes:\n {4}Error: rejected when it had passed\n/,
    ]) {
      assert.match(printed, failure);
    }
  });

  it("lets no run of a file hear of what rejects in those after it", async () => {
    const files = `${fixtures}/{more-passing,passing,rejections}.ts`;
    const { exitCode, printed } = await run("--specs", files, "--jobs", "1");
    assert.equal(exitCode, 0, printed);
  });

  it("fails where tests leave something behind, or others out", async () => {
    const args = ["--specs", `${fixtures}/{left-over,removed-temp,shared,exclusive}.ts`];
    const { exitCode, printed } = await run(...args);
    assert.equal(exitCode, 1);
    assert.match(printed, /\n {2}4 passing \(.*\)\n {2}1 failing\n/);
    assert.match(printed, /removed-temp\.ts: The temp folder cannot be read: Error: ENOENT/);
    assert.match(printed, /left-\w+ was left in the temp folder, since .*left-over\.ts\./);
    assert.match(printed, /A process was left: sleep 60/);
    assert.match(printed, /What tests share did not end: Error: not ended/);
    assert.match(printed, /exclusive\.ts.*:\n +Error: `\.only` forbidden/);
  });

  it("leaves no process and no file when it is interrupted", async () => {
    const { child, printed } = start("--specs", `${fixtures}/held-up.ts`);
    const closed = once(child, "close");
    const pid = child.pid ?? 0;
    await waitUntil(() => Promise.resolve(globSync("*/*/held-up", { cwd: tempDir }).length > 0));
    const pids = descendantsOf(pid);
    child.kill("SIGINT");
    const [exitCode] = (await closed) as [number | null];
    assert.equal(exitCode, 130, printed());
    await ended(pids);
  });

  it("leaves no process when it is killed", async () => {
    const { child } = start("--specs", `${fixtures}/waiting.ts`);
    const closed = once(child, "close");
    await waitUntil(() => Promise.resolve(globSync("*/*/waiting", { cwd: tempDir }).length > 0));
    const pids = descendantsOf(child.pid ?? 0);
    child.kill("SIGKILL");
    await closed;
    await ended(pids);
  });

  it("refuses what matches no spec", async () => {
    const { exitCode, printed } = await run("--specs", "nosuch");
    assert.deepEqual([exitCode, printed], [1, "error: no spec matches nosuch\n"]);
  });
});
