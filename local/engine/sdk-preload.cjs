// Loaded before anything else into the processes of programs and policy packs. Makes Pulumi's SDK
// quicker, and changes nothing of what it does.
"use strict";

const { writeFileSync } = require("node:fs");
const { createRequire, enableCompileCache, flushCompileCache, Module } = require("node:module");
const process = require("node:process");
const { setTimeout } = require("node:timers");
const { promisify } = require("node:util");

keepCompiledCode();

const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
const arborist = requireFromPulumi.resolve("@npmcli/arborist");
const requireFromArborist = createRequire(arborist);

loadWhenUsed(arborist, ({ Arborist }) => {
  readPackagesOnce(Arborist.prototype);
});
loadWhenUsed(requireFromArborist.resolve("pacote"));
loadWhenUsed(requireFromArborist.resolve("./audit-report.js"));
loadWhenUsed(requireFromPulumi.resolve("./automation/index"));
loadWhenUsed(requireFromPulumi.resolve("./typescript-shim"));
describeFramesOnce();
describePromisesLazily(requireFromPulumi("./runtime/debuggable"));
dropDebugMessages(requireFromPulumi("./log"));
inspectWhenUsed(requireFromPulumi("./runtime/closure/v8Hooks"));
listLoadedFiles(process.env.LOCAL_RUN_LOADED_FILES);

/**
 * Keeps compiled code for the next start, as a tenth of a start is compiling. Node.js would write it
 * when the process ends, but packs are killed.
 */
function keepCompiledCode() {
  enableCompileCache();
  setTimeout(flushCompileCache, 1000).unref();
}

/**
 * What the SDK loads in any case, and uses now and then: npm's package manager and TypeScript to put
 * functions into archives, of the former the parts that download and audit never, and the automation
 * API. A policy pack needs none of them.
 */
function loadWhenUsed(file, onLoad = () => undefined) {
  const placeholder = new Module(file);
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      delete require.cache[file];
      loaded = require(file);
      onLoad(loaded);
    }
    return loaded;
  };
  placeholder.loaded = true;
  placeholder.exports = new Proxy(
    {},
    // As an ES module it is taken as it is; all that it has would be copied from another one.
    { get: (_target, property) => property === "__esModule" || load()[property] },
  );
  require.cache[file] = placeholder;
}

/**
 * For each function that it makes an archive for, the SDK reads the tree of all installed packages:
 * each time a quarter of a second, and the same tree.
 */
function readPackagesOnce(prototype) {
  const { loadActual } = prototype;
  const trees = new Map();
  prototype.loadActual = function (...args) {
    const key = JSON.stringify([this.path, args]);
    if (!trees.has(key)) {
      trees.set(key, loadActual.apply(this, args));
    }
    return trees.get(key);
  };
}

/**
 * At each promise the SDK takes down the stack, to tell later where a leaked one comes from, and
 * ts-node looks for a source map of each frame. That is a quarter of the time that a program takes,
 * though most frames are the same.
 */
function describeFramesOnce() {
  const known = new Map();
  let prepare;
  const describe = (error, frames) => {
    const heading = prepare(error, []);
    return frames.reduce((stack, frame) => {
      const key = frame.toString();
      if (!known.has(key)) {
        known.set(key, prepare(error, [frame]).slice(heading.length));
      }
      return stack + known.get(key);
    }, heading);
  };
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => prepare && describe,
    set: (value) => {
      prepare = value;
    },
  });
}

/**
 * Of each promise the SDK notes the stack trace, for the message about those that never end. It is
 * put together when that message is.
 */
function describePromisesLazily(debuggable) {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = function (promise, context) {
    const { stackTraceLimit } = Error;
    const made = new Error();
    Error.stackTraceLimit = 0;
    const watched = debuggablePromise(promise, context);
    Error.stackTraceLimit = stackTraceLimit;
    promise._debugStackTrace = { toString: () => made.stack };
    return watched;
  };
}

/** The SDK sends several messages about each resource that only `pulumi up --debug` would show. */
function dropDebugMessages(log) {
  log.debug = () => Promise.resolve();
}

/**
 * Before each program the SDK turns the debugger on, which takes as long as loading the SDK, to look
 * into the functions that are to be serialized. The first of these turns it on.
 */
function inspectWhenUsed(hooks) {
  const urls = new Map();
  let session;
  const open = async () => {
    const { Session } = require("node:inspector");
    const opened = new Session();
    opened.connect();
    // It begins with the scripts that are loaded already.
    opened.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
    await promisify(opened.post).call(opened, "Debugger.enable");
    return opened;
  };
  hooks.isInitializedAsync = () => Promise.resolve();
  hooks.getSessionAsync = () => (session ??= open());
  hooks.getScriptUrl = (id) => urls.get(id);
}

/** Tells whoever watches the program which files it is made of. */
function listLoadedFiles(list) {
  // Nothing of it is for what the program starts.
  delete process.env.LOCAL_RUN_LOADED_FILES;
  if (list) {
    process.on("exit", () => {
      writeFileSync(list, JSON.stringify(Object.keys(require.cache)));
    });
  }
}
