import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { sdkPreload } from "../../engine/sdk-preload";

/** What a process prints that runs `script`, as JSON. */
function run(script: string, preload: readonly string[] = sdkPreload): unknown {
  const output = execFileSync(process.execPath, [...preload, "--eval", script], {
    encoding: "utf8",
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

  it("lets the tree of installed packages be read once", () => {
    const script = `
      const { createRequire } = require("node:module");
      const { Arborist } = createRequire(require.resolve("@pulumi/pulumi"))("@npmcli/arborist");
      const load = () => new Arborist({ path: "" }).loadActual();
      Promise.all([load(), load()]).then(([first, second]) => {
        console.log(JSON.stringify([first === second, first.children.has("@pulumi/pulumi")]));
      });`;
    assert.deepEqual(run(script), [true, true]);
  });

  it("loads what downloads and audits packages only when it is used", () => {
    const script = `
      const { createRequire } = require("node:module");
      const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
      requireFromPulumi("@npmcli/arborist");
      const isLoaded = () => Object.keys(require.cache).some((file) => /fetcher|metavuln/.test(file));
      const before = isLoaded();
      const arborist = createRequire(requireFromPulumi.resolve("@npmcli/arborist"));
      const { manifest } = arborist("pacote");
      const again = arborist("pacote");
      console.log(JSON.stringify([before, typeof manifest, isLoaded(), again.manifest === manifest]));`;
    assert.deepEqual(run(script), [false, "function", true, true]);
  });

  it("turns the debugger on when the first function is looked into, of which it tells what the SDK does", () => {
    const script = `
      const { createRequire } = require("node:module");
      const { Session } = require("node:inspector");
      const { runInThisContext } = require("node:vm");
      const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
      const { post } = Session.prototype;
      let isOn = false;
      Session.prototype.post = function (method, ...rest) {
        isOn ||= method === "Debugger.enable";
        return post.call(this, method, ...rest);
      };
      const closures = requireFromPulumi("./runtime/closure/v8");
      (async () => {
        await requireFromPulumi("./runtime/closure/v8Hooks").isInitializedAsync();
        const before = isOn;
        const captured = runInThisContext("const word = 'caught';\\n (() => () => word)()", "/program.js");
        const location = await closures.getFunctionLocationAsync(captured);
        const value = await closures.lookupCapturedVariableValueAsync(captured, "word", true);
        console.log(JSON.stringify({ before, location, value, isOn }));
      })();`;
    const expected = {
      location: { file: "file:///program.js", line: 1, column: 8 },
      value: "caught",
    };
    assert.deepEqual(run(script, []), { before: true, ...expected, isOn: true });
    assert.deepEqual(run(script), { before: false, ...expected, isOn: true });
  });

  it("says where a promise was made that never ended, as the SDK does", () => {
    const script = `
      const { createRequire } = require("node:module");
      const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
      const debuggable = requireFromPulumi("./runtime/debuggable");
      function forgetful() { debuggable.debuggablePromise(new Promise(() => {}), "waits for ever"); }
      forgetful();
      process.removeAllListeners("exit");
      debuggable.debugPromiseLeaks = true;
      console.error = (text) => messages.push(text);
      const messages = [];
      debuggable.leakedPromises();
      console.log(JSON.stringify([messages.join(), Error.stackTraceLimit]));`;
    const [message, limit] = run(script) as [string, number];
    assert.match(message, /waits for ever[^]*at forgetful \(/);
    assert.equal(limit, 10);
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
