import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { bundleRuntime } from "../../../aws/lambda/bundle-runtime";
import { RuntimeProcess } from "../../../aws/lambda/runtime-process";
import { releaseMemory } from "../../../cli/release-memory";
import { isAlive } from "./support/local-lambda";

const timeoutMs = 10_000;

describe("RuntimeProcess", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "killed-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("ends by itself when Lambda is killed", async () => {
    const program = join(__dirname, "support/run-until-killed.ts");
    const lambda = spawn(process.execPath, ["--import", "tsx", program], {
      // What is killed cannot remove its temporary folders.
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(lambda.stdout), "line")) as [string];
    const pid = Number(line);
    assert.ok(isAlive(pid));
    lambda.kill("SIGKILL");
    // The test's own timeout bounds the wait.
    while (isAlive(pid)) {
      await new Promise(setImmediate);
    }
  });

  it("holds on to no answer that was given", async () => {
    const child = await startIn(folder);
    const answers: WeakRef<object>[] = [];
    for (let invoked = 0; invoked < 3; invoked++) {
      answers.push(new WeakRef(await invoke(child)));
    }
    // What a WeakRef was asked for lives until the end of the turn.
    await new Promise(setImmediate);
    releaseMemory();
    const held = answers.map((answer) => answer.deref() !== undefined);
    await child.kill();
    assert.deepEqual(held, [false, false, false]);
  });

  it("tells of its end in place of an answer, and of every answer after it", async () => {
    // What answers at once may do so before it is killed.
    const child = await startIn(folder, "new Promise(() => undefined)");
    const killed = { kind: "exit", code: null, signal: "SIGKILL" };
    const invoked = invoke(child);
    await child.kill();
    assert.deepEqual(await invoked, killed);
    assert.deepEqual(await invoke(child), killed);
  });
});

/**
 * A process of a function.
 * @param result what its handler returns. `@default` nothing
 */
async function startIn(folder: string, result = "null"): Promise<RuntimeProcess> {
  const bootstrap = join(folder, "bootstrap.js");
  await bundleRuntime(bootstrap);
  await writeFile(join(folder, "index.js"), `exports.handler = async () => ${result};`);
  const child = new RuntimeProcess({
    bootstrap,
    variables: { LAMBDA_TASK_ROOT: folder, _HANDLER: "index.handler" },
    memoryMb: 128,
    taskRoot: folder,
    onLines: () => undefined,
  });
  assert.equal(await child.initialize(timeoutMs), undefined);
  return child;
}

async function invoke(child: RuntimeProcess) {
  const deadline = Date.now() + timeoutMs;
  const invocation = { payload: "{}", requestId: "1", traceId: "Root=1", functionArn: "arn" };
  return child.invoke({ ...invocation, deadline }, timeoutMs);
}
