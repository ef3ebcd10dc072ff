import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundleRuntime } from "../../../aws/lambda/bundle-runtime";
import { RuntimeProcess } from "../../../aws/lambda/runtime-process";

/** Has Node.js log what it takes from its compile cache. */
const logged = { NODE_DEBUG_NATIVE: "COMPILE_CACHE" };

const timeoutMs = 10_000;

describe("The compile cache of functions", () => {
  let folder: string;
  let taskRoot: string;
  let bootstrap: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "compiled-"));
    taskRoot = join(folder, "function");
    bootstrap = join(folder, "bootstrap.js");
    await mkdir(taskRoot);
    await bundleRuntime(bootstrap);
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** What a new process returns that is killed after its answer, and what of its code was there already. */
  async function run(source: string, variables: Record<string, string> = {}) {
    await writeFile(join(taskRoot, "index.js"), source);
    const lines: string[] = [];
    const child = new RuntimeProcess({
      bootstrap,
      variables: { ...variables, LAMBDA_TASK_ROOT: taskRoot, _HANDLER: "index.handler" },
      memoryMb: 128,
      taskRoot,
      onLines: (read) => lines.push(...read),
    });
    const failure = await child.initialize(timeoutMs);
    const outcome =
      failure ??
      (await child.invoke(
        {
          payload: "{}",
          requestId: "1",
          traceId: "Root=1",
          functionArn: "arn",
          deadline: Date.now() + timeoutMs,
        },
        timeoutMs,
      ));
    await child.kill();
    const result =
      outcome.kind === "result" ? (JSON.parse(outcome.payload) as unknown) : outcome.kind;
    const reused = lines.some((line) => line.includes(`${taskRoot}/index.js was accepted`));
    return { result, reused };
  }

  it("has each function compiled once, though its processes are killed", async () => {
    const source = "exports.handler = () => 1;";
    assert.deepEqual(await run(source, logged), { result: 1, reused: false });
    assert.deepEqual(await run(source, logged), { result: 1, reused: true });
  });

  it("takes no code for another that it has become", async () => {
    await run("exports.handler = () => 1;", logged);
    const changed = await run("exports.handler = () => 2;", logged);
    assert.deepEqual(changed, { result: 2, reused: false });
  });

  it("is written by processes at once", async () => {
    const source = "exports.handler = () => 1;";
    const results = await Promise.all([run(source), run(source), run(source)]);
    assert.deepEqual(
      results.map(({ result }) => result),
      [1, 1, 1],
    );
    assert.deepEqual(await run(source, logged), { result: 1, reused: true });
  });

  it("is in no variable that a function sees, and not in its folder", async () => {
    const { result } = await run("exports.handler = () => Object.keys(process.env).sort();");
    assert.deepEqual(result, ["LAMBDA_TASK_ROOT", "_HANDLER", "_X_AMZN_TRACE_ID"]);
    assert.deepEqual(await readdir(taskRoot), ["index.js"]);
    assert.deepEqual((await readdir(folder)).sort(), ["bootstrap.js", "compile-cache", "function"]);
  });

  it("leaves a function the one that it has chosen", async () => {
    const chosen = join(folder, "chosen");
    const { result } = await run(
      'exports.handler = () => require("node:module").getCompileCacheDir();',
      { NODE_COMPILE_CACHE: chosen },
    );
    assert.ok(String(result).startsWith(chosen), String(result));
    assert.ok(!(await readdir(folder)).includes("compile-cache"));
  });

  it("is done without where it cannot be", async () => {
    await writeFile(join(folder, "compile-cache"), "no folder");
    const source = "exports.handler = () => 1;";
    assert.deepEqual(await run(source, logged), { result: 1, reused: false });
    assert.deepEqual(await run(source, logged), { result: 1, reused: false });
  });
});
