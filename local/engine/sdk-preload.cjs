// Loaded before anything else into the processes of programs, policy packs and dynamic providers. Makes Pulumi's SDK
// quicker, and changes nothing of what it does.
"use strict";

const { writeFileSync } = require("node:fs");
const { createRequire, enableCompileCache, flushCompileCache, Module } = require("node:module");
const { sep } = require("node:path");
const process = require("node:process");
const { setTimeout } = require("node:timers");
const { promisify } = require("node:util");
const { leaveOutTracesOfPromises } = require("./quick-sdk.cjs");

keepCompiledCode();

const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi"));
const resourceFile = requireFromPulumi.resolve("./resource");

loadWhenUsed(requireFromPulumi.resolve("./automation/index"));
loadWhenUsed(requireFromPulumi.resolve("./typescript-shim"));
describeFramesOnce();
leaveOutTracesOfPromises(requireFromPulumi("./runtime/debuggable"));
dropDebugMessages(requireFromPulumi("./log"));
inspectWhenUsed(requireFromPulumi("./runtime/closure/v8Hooks"));
loadTracingWhenStarted();
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
 * What the SDK loads in any case, and uses now and then: TypeScript, and what turns functions into text, to put them
 * into archives, and the automation API. A policy pack needs none of them.
 *
 * @param onLoad gets what was loaded.
 */
function loadWhenUsed(file, onLoad = () => undefined) {
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      delete require.cache[file];
      loaded = require(file);
      onLoad(loaded);
    }
    return loaded;
  };
  // As an ES module it is taken as it is; all that it has would be copied from another one.
  const get = (_target, property) => property === "__esModule" || load()[property];
  require.cache[file] = placeholder(file, new Proxy({}, { get }));
}

function placeholder(file, exports) {
  return Object.assign(new Module(file), { loaded: true, exports });
}

/**
 * The SDK loads two hundred files of OpenTelemetry, for programs that are traced by an address on
 * their command line. They stand in nobody else's way: who loads the same packages gets these
 * themselves.
 */
function loadTracingWhenStarted() {
  const files = ["resources", "sdk-trace-base", "exporter-zipkin", "instrumentation-grpc"]
    .concat("sdk-trace-node", "instrumentation")
    .map((name) => requireFromPulumi.resolve(`@opentelemetry/${name}`));
  for (const file of files) {
    const lazily = (_target, property) =>
      new Proxy(class {}, {
        apply: (_function, self, args) => Reflect.apply(require(file)[property], self, args),
        construct: (_class, args) => Reflect.construct(require(file)[property], args),
      });
    require.cache[file] = placeholder(file, new Proxy({}, { get: lazily }));
  }
  requireFromPulumi("./cmd/run/tracing");
  files.forEach((file) => delete require.cache[file]);
}

/**
 * For each resource the SDK takes down the whole stack, to tell where it is made, and looks for a source
 * map of each frame, though most frames are the same. Where the frame of a package has been before it was
 * compiled nobody asks then: each map of one is read for that alone.
 */
function describeFramesOnce() {
  const known = new Map();
  const inPackage = `${sep}node_modules${sep}`;
  let prepare;
  const describe = (error, frames) => {
    const heading = prepare(error, []);
    const isOfResource = isCallsites(frames[0]);
    return frames.reduce((stack, frame) => {
      if (isOfResource && frame.getFileName()?.includes(inPackage) === true) {
        return `${stack}\n    at ${frame}`;
      }
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

/** Whether a stack begins in the function of the SDK that finds out where a resource is made. */
function isCallsites(frame) {
  return frame?.getFunctionName() === "callsites" && frame.getFileName() === resourceFile;
}

/** The SDK sends several messages about each resource that only `pulumi up --debug` would show. */
function dropDebugMessages(log) {
  log.debug = () => Promise.resolve();
}

/**
 * Before each program the SDK turns the debugger on, which reads the text of all that is loaded, as long
 * as loading it takes. Functions can be looked into without it. Only the names of their files, which
 * errors tell, are the debugger's: a function that cannot be serialized is tried again with it.
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
    return opened;
  };
  hooks.isInitializedAsync = () => Promise.resolve();
  hooks.getSessionAsync = () => (session ??= open());
  hooks.getScriptUrl = (id) => urls.get(id);
  loadWhenUsed(requireFromPulumi.resolve("./runtime/closure/createClosure"), (closures) => {
    const { createClosureInfoAsync } = closures;
    const create = async (...args) => {
      try {
        return await createClosureInfoAsync(...args);
      } catch {
        const opened = await hooks.getSessionAsync();
        await promisify(opened.post).call(opened, "Debugger.enable");
        return await createClosureInfoAsync(...args);
      }
    };
    closures.createClosureInfoAsync = Object.assign(create, createClosureInfoAsync);
  });
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
