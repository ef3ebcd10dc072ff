// What makes Pulumi's SDK quicker and may come at any time, also after the SDK is loaded.
"use strict";

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

module.exports = { leaveOutTracesOfPromises };
