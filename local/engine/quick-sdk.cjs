// What makes Pulumi's SDK quicker and may come at any time, also after the SDK is loaded.
"use strict";

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
 * Of each promise the SDK notes the stack trace, for people who look for leaked ones by its variable
 * PULUMI_DEBUG_PROMISE_LEAKS.
 */
function leaveOutTracesOfPromises(debuggable) {
  if (debuggable.debugPromiseLeaks) {
    return;
  }
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = undefined;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

module.exports = { leaveOutTracesOfPromises, readPackagesOnce };
