import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { compiledPack, sdkPreload } from "../../engine/sdk-preload";

/** What a process prints that runs `script`, as JSON. */
function run(
  script: string,
  preload: readonly string[] = sdkPreload,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): unknown {
  const output = execFileSync(process.execPath, [...preload, "--eval", script], {
    ...{ encoding: "utf8", stdio: "pipe", ...options },
  });
  return JSON.parse(output);
}

describe("The preload of Pulumi's SDK", function () {
  this.timeout(30_000);

  it("changes no stack trace", () => {
    const script = `
      // As source-map-support, which ts-node installs, puts it together.
      Error.prepareStackTrace = (error, frames) =>
        error.name + ": " + error.message + frames.map((frame) => "\\n    at <" + frame + ">").join("");
      const stacks = [];
      function thrower(message) { stacks.push(new TypeError(message).stack); }
      class Named { method() { thrower("twice"); } }
      thrower("");
      thrower("once");
      for (let i = 0; i < 2; i++) new Named().method();
      [1].map(() => thrower("in a callback"));
      stacks.push({}.stack, Object.assign(new Error("deep"), { cause: 1 }).stack);
      console.log(JSON.stringify(stacks));`;
    const stacks = run(script) as string[];
    assert.match(stacks[1] ?? "", /^TypeError: once\n {4}at <thrower \(/);
    assert.deepEqual(stacks, run(script, []));
  });

  it("leaves stack traces alone where nobody prepares them", () => {
    const script = `console.log(JSON.stringify(["a", "b"].map((m) => new Error(m).stack)));`;
    assert.deepEqual(run(script), run(script, []));
  });

  /** Loads the SDK, and tells whether the debugger has been turned on. */
  const inspected = `
    const { createRequire } = require("node:module");
    const { Session } = require("node:inspector");
    const { runInThisContext } = require("node:vm");
    const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
    const { post } = Session.prototype;
    let isOn = false;
    Session.prototype.post = function (method, ...rest) {
      isOn ||= method === "Debugger.enable";
      return post.call(this, method, ...rest);
    };`;

  it("looks into functions as the SDK does, and turns no debugger on", () => {
    const script = `${inspected}
      const closures = requireFromPulumi("./runtime/closure/v8");
      const { serializeFunction } = requireFromPulumi("./runtime/closure/serializeClosure");
      (async () => {
        await requireFromPulumi("./runtime/closure/v8Hooks").isInitializedAsync();
        const before = isOn;
        const captured = runInThisContext("const word = 'caught';\\n (() => () => word)()", "/program.js");
        const { line, column } = await closures.getFunctionLocationAsync(captured);
        const value = await closures.lookupCapturedVariableValueAsync(captured, "word", true);
        const { text } = await serializeFunction(captured);
        const bound = await serializeFunction(function (a) { return [this, a]; }.bind({ of: 1 }, "b"));
        console.log(JSON.stringify({ before, line, column, value, text, bound: bound.text, isOn }));
      })();`;
    const { before, isOn, ...found } = run(script, []) as Record<string, unknown>;
    assert.deepEqual([before, isOn, found.line, found.column], [true, true, 1, 8]);
    assert.match(found.text as string, /word: "caught"/);
    assert.deepEqual(run(script), { before: false, ...found, isOn: false });
  });

  it("says of a function that cannot be serialized what the SDK says, with the names of files", () => {
    const script = `${inspected}
      const { serializeFunction } = requireFromPulumi("./runtime/closure/serializeClosure");
      const failing = (name) =>
        runInThisContext("(native) => {\\n const inner = () => native();\\n return () => inner();\\n}", name)(
          Object.getOwnPropertyDescriptor(Map.prototype, "size").get,
        );
      const failureOf = (name) => serializeFunction(failing(name)).catch(({ message }) => message);
      requireFromPulumi("./runtime/closure/v8Hooks").isInitializedAsync()
        .then(() => Promise.all(["/one.js", "/two.js"].map(failureOf)))
        .then((messages) => {
          console.log(JSON.stringify(messages));
        });`;
    const messages = run(script, []) as string[];
    assert.match(messages[0] ?? "", /one\.js\(2,/);
    assert.match(messages[1] ?? "", /two\.js\(2,/);
    assert.deepEqual(run(script), messages);
  });

  it("says where a promise was made that never ended, as the SDK does, to those who ask", () => {
    const script = `
      const { createRequire } = require("node:module");
      const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
      const debuggable = requireFromPulumi("./runtime/debuggable");
      function forgetful() { debuggable.debuggablePromise(new Promise(() => {}), "waits for ever"); }
      forgetful();
      process.removeAllListeners("exit");
      console.error = (text) => messages.push(text);
      const messages = [];
      const [leaked, told] = debuggable.leakedPromises();
      console.log(JSON.stringify([messages.join(), Error.stackTraceLimit, leaked.size, told]));`;
    const env = { ...process.env, PULUMI_DEBUG_PROMISE_LEAKS: "true" };
    const asked = run(script, sdkPreload, { env }) as [string, number];
    assert.match(asked[0], /waits for ever[^]*at forgetful \(/);
    assert.equal(asked[1], 10);
    const [messages, limit, leaked, told] = run(script) as [string, number, number, string];
    assert.deepEqual([messages, limit, leaked], ["", 10, 1]);
    assert.match(told, /1 promise was still active/);
  });

  it("traces a program that is asked to be traced, and loads nothing for others", () => {
    const script = `
      const { createRequire } = require("node:module");
      const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
      const isLoaded = () => Object.keys(require.cache).some((file) => file.includes("zipkin"));
      const tracing = requireFromPulumi("./cmd/run/tracing");
      const isSpan = () => tracing.newSpan("a span").spanContext().traceId !== "0".repeat(32);
      const before = [isLoaded(), isSpan()];
      tracing.start("http://127.0.0.1:9/api/v2/spans");
      const { ZipkinExporter } = requireFromPulumi("@opentelemetry/exporter-zipkin");
      const own = new (class extends ZipkinExporter {})({ url: "http://127.0.0.1:9" });
      console.log(JSON.stringify([...before, isLoaded(), isSpan(), own instanceof ZipkinExporter]));
      process.exit();`;
    assert.deepEqual(run(script), [false, false, true, true, true]);
  });

  it("loads the compiler into the process of a pack, unless that is compiled", () => {
    const script = `
      const { createRequire } = require("node:module");
      const { run } = createRequire(require.resolve("@pulumi/pulumi"))("./cmd/run-policy-pack/run");
      const isLoaded = () => Object.keys(require.cache).some((file) => file.endsWith("/typescript.js"));
      const argv = { _: [require.resolve("fflate")] };
      const options = { argv, programStarted: () => undefined, typeScript: true };
      run(options).then((pack) => {
        console.log(JSON.stringify([isLoaded(), typeof pack.unzipSync]));
      });`;
    assert.deepEqual(run(script), [true, "function"]);
    assert.deepEqual(run(script, [...sdkPreload, ...compiledPack]), [false, "function"]);
  });

  it("sends the engine messages of the program, and none about the SDK's own work", () => {
    const script = `
      const { createRequire } = require("node:module");
      const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
      const sent = [];
      const engine = { log: (request, done) => { sent.push(request.getMessage()); done(); } };
      requireFromPulumi("./runtime/settings").getEngine = () => engine;
      const log = requireFromPulumi("./log");
      Promise.all([log.debug("internal"), log.info("from the program")]).then(() => {
        console.log(JSON.stringify(sent));
      });`;
    assert.deepEqual(run(script), ["from the program"]);
  });
});
