import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionDefinition } from "../../../aws/lambda/function-definition";
import type { InspectionOptions } from "../../../aws/lambda/inspection";
import { Bundler } from "../../../watch/bundler";
import type { Bundle } from "../../../watch/recipes";
import { until } from "../../engine/processes";
import { Debugger } from "./support/debugger";
import { isAlive, LocalLambda, zipOf } from "./support/local-lambda";

/** Line 3 is where its debuggers stand still. */
function source(greeting: string): string {
  return [
    "interface Event { name: string; until?: number }",
    "export const handler = async ({ name, until = 0 }: Event) => {",
    `  const text: string = "${greeting} " + name;`,
    "  while (Date.now() < until) await new Promise(setImmediate);",
    "  return { text, pid: process.pid };",
    "};",
    "",
  ].join("\n");
}

const archive = zipOf({ "index.js": "exports.handler = async () => ({ pid: process.pid });" });

describe("Lambda with a function that is inspected", () => {
  let folder: string;
  let file: string;
  let bundle: Bundle;
  let local: LocalLambda;
  let port: number;
  const bundler = new Bundler();
  const started: string[] = [];

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "inspected-")));
    file = join(folder, "greet.ts");
    writeFileSync(file, source("hello"));
    bundle = {
      file: join(folder, "index.js"),
      name: "greet",
      programDir: folder,
      entryPoint: "greet.ts",
      options: { outdir: "out", bundle: true, minify: true, platform: "node", format: "cjs" },
      inputs: [file],
    };
    started.splice(0);
    port = await freePort();
    local = await LocalLambda.start({ maxEnvironments: 1, idleMs: 1 });
  });

  afterEach(async () => {
    await local.stop();
    rmSync(folder, { recursive: true });
  });

  after(() => bundler.stop());

  async function create(name = "resize", overrides: Partial<FunctionDefinition> = {}) {
    await local.create("", {
      name,
      zip: archive,
      timeoutSeconds: 1,
      sources: new Map([["", folder]]),
      repack: () => Promise.resolve(archive),
      ...overrides,
    });
  }

  function inspect(overrides: Partial<InspectionOptions> = {}): Promise<void> {
    return local.lambda.inspect({
      port,
      functionName: "resize",
      overlayOf: async () => {
        const built = await bundler.buildForDebugger(bundle);
        assert.ok("files" in built);
        return built.files;
      },
      onStarted: ({ settings }) => started.push(settings.name),
      ...overrides,
    });
  }

  it("stands still at a line of TypeScript, and has all the time it takes", async () => {
    await create();
    await inspect();
    const attached = await Debugger.attach(port);
    const href = pathToFileURL(file).href;
    await attached.breakAt(href, 3);
    const invoked = local.invoke({ name: "world" });
    const first = await attached.paused();
    assert.deepEqual([first.source, first.line], [href, 3]);
    assert.equal(await attached.evaluate("name", first), "world");
    // So that it has stood still for longer than its timeout.
    await attached.evaluate("{ const end = Date.now() + 1100; while (Date.now() < end); }", first);
    await attached.stepOver();
    const next = await attached.paused();
    assert.deepEqual([next.source, next.line], [href, 4]);
    assert.equal(await attached.evaluate("text", next), "hello world");
    await attached.resume();
    const { functionError, result } = await invoked;
    assert.equal(functionError, undefined);
    assert.equal(result.text, "hello world");
    await attached.detach();
    const { result: again } = await local.invoke({ name: "you", until: Date.now() + 1100 });
    assert.deepEqual(again, { text: "hello you", pid: result.pid });
    assert.deepEqual(started, ["resize"]);
    assert.deepEqual(
      local.lines.filter((line) => /debugger/i.test(line)),
      [],
    );
  });

  it("runs invocations of it one after the other, in its one process, which others leave alone", async () => {
    await create();
    await create("other");
    await inspect();
    const names = ["resize", "other", "resize", "resize", "other"];
    const all = await Promise.all(names.map((name) => local.invoke({ name }, name)));
    const pids = all.flatMap(({ result }, index) => (names[index] === "resize" ? result.pid : []));
    assert.equal(new Set(pids).size, 1);
    assert.ok(isAlive(pids[0]));
  });

  it("runs a published version as it was published, where debuggers attach, too", async () => {
    await create();
    local.lambda.publishVersion("resize");
    await inspect();
    const { result: latest } = await local.invoke({ name: "a" });
    assert.equal(latest.text, "hello a");
    const { result: published } = await local.invoke({ name: "b" }, "resize:1");
    assert.equal(published.text, undefined);
    assert.equal(isAlive(latest.pid), false);
    const attached = await Debugger.attach(port);
    await attached.detach();
    const { result: again } = await local.invoke({ name: "c" });
    assert.equal(again.text, "hello c");
  });

  it("takes the first function that is invoked where none is named", async () => {
    await create();
    await create("other");
    const { result: before } = await local.invoke({ name: "a" });
    await inspect({ functionName: undefined });
    assert.equal(local.lambda.isInspected("other"), true);
    const { result } = await local.invoke({ name: "b" });
    assert.equal(result.text, "hello b");
    assert.notEqual(result.pid, before.pid);
    assert.deepEqual(started, ["resize"]);
    assert.equal(local.lambda.isInspected("resize"), true);
    assert.equal(local.lambda.isInspected("other"), false);
    await (await Debugger.attach(port)).detach();
  });

  it("frees the port for the process of new code, also when the archive is the same", async () => {
    await create();
    await inspect();
    const former = await Debugger.attach(port);
    const { result: before } = await local.invoke({ name: "a" });
    writeFileSync(file, source("goodbye"));
    assert.equal(await local.lambda.reloadCode("resize"), true);
    await former.detached();
    const attached = await Debugger.attach(port);
    await attached.breakAt(pathToFileURL(file).href, 3);
    const invoked = local.invoke({ name: "b" });
    await attached.paused();
    await attached.resume();
    assert.equal((await invoked).result.text, "goodbye b");
    await until(() => !isAlive(before.pid));
    await attached.detach();
  });

  it("lets what is under way end before new code takes its port", async () => {
    await create();
    await inspect();
    const attached = await Debugger.attach(port);
    await attached.breakAt(pathToFileURL(file).href, 3);
    const running = local.invoke({ name: "a" });
    await attached.paused();
    writeFileSync(file, source("goodbye"));
    await local.lambda.reloadCode("resize");
    const later = local.invoke({ name: "b" });
    await attached.resume();
    assert.equal((await running).result.text, "hello a");
    assert.equal((await later).result.text, "goodbye b");
  });

  it("ends the process of a function that is deleted", async () => {
    await create();
    await inspect();
    const attached = await Debugger.attach(port);
    local.lambda.deleteFunction("resize");
    await attached.detached();
  });

  it("inspects a function of which nothing but the archive is known", async () => {
    await create("resize", { repack: undefined });
    await inspect();
    await (await Debugger.attach(port)).detach();
    assert.equal(typeof (await local.invoke()).result.pid, "number");
  });

  it("refuses to inspect a function that is not there", async () => {
    await assert.rejects(inspect(), { code: "ResourceNotFoundException" });
  });
});

/** Of those that no connection is given as its own while nobody listens: that begins at 32,768 on Linux. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = randomInt(10_000, 32_768);
    try {
      await once(server.listen(port, "127.0.0.1"), "listening");
    } catch {
      continue;
    }
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
