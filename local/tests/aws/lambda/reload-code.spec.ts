import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeployedFunction } from "../../../aws/lambda/execution-environment";
import type { FunctionDefinition } from "../../../aws/lambda/function-definition";
import { until } from "../../engine/processes";
import { isAlive, LocalLambda, roleArn, runtime, zipOf } from "./support/local-lambda";

/** Answers with `text`, its process and its folder, once the file that the event names is there. */
function source(text: string): string {
  return `const { existsSync } = require("node:fs");
    exports.handler = async ({ awaited }) => {
      while (awaited && !existsSync(awaited)) {
        await new Promise(setImmediate);
      }
      return { text: ${JSON.stringify(text)}, pid: process.pid, folder: __dirname };
    };`;
}

describe("Lambda with code that is replaced", () => {
  let folder: string;
  let file: string;
  let local: LocalLambda;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "sources-"));
    file = join(folder, "index.js");
    writeFileSync(file, source("old"));
    local = await LocalLambda.start();
  });

  afterEach(async () => {
    await local.stop();
    rmSync(folder, { recursive: true });
  });

  function create(overrides: Partial<FunctionDefinition> = {}): Promise<string> {
    const pack = () => zipOf({ "index.js": readFileSync(file, "utf8") });
    return local.create(source("old"), {
      sources: new Map([["", folder]]),
      repack: () => Promise.resolve(pack()),
      ...overrides,
    });
  }

  it("runs the next invocation on the new code, in a new process", async () => {
    await create();
    const { result: before } = await local.invoke();
    writeFileSync(file, source("new"));
    assert.equal(await local.lambda.reloadCode("resize"), true);
    const { result: after } = await local.invoke();
    assert.deepEqual([before.text, after.text], ["old", "new"]);
    await until(() => !isAlive(before.pid) && !existsSync(String(before.folder)));
  });

  it("writes no archive that is kept by its hash, and leaves it where it is", async () => {
    const archiveDir = mkdtempSync(join(tmpdir(), "archives-"));
    const other = await LocalLambda.start({ archiveDir });
    try {
      const keep = (zip: Uint8Array) => {
        const kept = join(archiveDir, `${createHash("sha256").update(zip).digest("hex")}.zip`);
        writeFileSync(kept, zip);
        return kept;
      };
      const [first, second] = ["first", "second"].map((text) =>
        zipOf({ "index.js": source(text) }),
      );
      assert.ok(first && second);
      const kept = keep(first);
      await other.create("", { zip: first });
      const [{ archive, taskRoot }] = other.lambda.functions() as [DeployedFunction];
      assert.deepEqual(archive, { file: kept, bytes: first.length, isKept: true });
      assert.equal((await other.invoke()).result.text, "first");

      const settings = { name: "resize", handler: "index.handler", runtime, roleArn };
      await other.lambda.updateFunction({ ...settings, zip: second });
      const { archive: own } = other.lambda.find("resize").version;
      assert.equal(own.isKept, false);
      assert.deepEqual(readFileSync(own.file), Buffer.from(second));
      await until(() => !existsSync(taskRoot));
      assert.ok(existsSync(kept));
    } finally {
      await other.stop();
      rmSync(archiveDir, { recursive: true });
    }
  });

  it("lets what is under way end on the old code, in its process", async () => {
    await create();
    const { result: warm } = await local.invoke();
    const awaited = join(folder, "go");
    const running = local.invoke({ awaited });
    writeFileSync(file, source("new"));
    await local.lambda.reloadCode("resize");
    const { result: later } = await local.invoke();
    assert.equal(later.text, "new");
    writeFileSync(awaited, "");
    const { result: earlier } = await running;
    assert.deepEqual([earlier.text, earlier.pid], ["old", warm.pid]);
    await until(() => !isAlive(earlier.pid) && !existsSync(String(earlier.folder)));
  });

  it("counts what runs on the old code to the reserved concurrency", async () => {
    await create({ reservedConcurrency: 1 });
    const awaited = join(folder, "go");
    const running = local.invoke({ awaited });
    writeFileSync(file, source("new"));
    await local.lambda.reloadCode("resize");
    await assert.rejects(local.invoke(), { code: "TooManyRequestsException" });
    writeFileSync(awaited, "");
    await running;
  });

  it("replaces nothing by the same", async () => {
    await create();
    const { result: before } = await local.invoke();
    assert.equal(await local.lambda.reloadCode("resize"), false);
    const { result: after } = await local.invoke();
    assert.equal(after.pid, before.pid);
  });

  it("leaves a function alone that is of no sources", async () => {
    await create({ repack: undefined });
    writeFileSync(file, source("new"));
    assert.equal(await local.lambda.reloadCode("resize"), false);
  });

  it("keeps the old code when the new archive is refused", async () => {
    await create({ repack: () => Promise.resolve(new Uint8Array([1])) });
    await assert.rejects(local.lambda.reloadCode("resize"), {
      code: "InvalidParameterValueException",
    });
    assert.equal((await local.invoke()).result.text, "old");
  });
});
