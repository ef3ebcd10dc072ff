// Loaded before anything else into the processes that `process-group.ts` starts. They lead a group of their own, and
// end with all that is in it when the process is gone that has started them, even by `kill -9`.
"use strict";

const { Socket } = require("node:net");
const process = require("node:process");

const descriptor = process.env.LOCAL_RUN_PARENT_PIPE;
// It is for this process alone: what it forks, and its threads, load this file, too.
delete process.env.LOCAL_RUN_PARENT_PIPE;

if (descriptor) {
  // Nothing is ever written to it; it ends with the process at its other end.
  new Socket({ fd: Number(descriptor), readable: true, writable: false })
    .on("close", () => {
      process.kill(-process.pid, "SIGKILL");
    })
    .resume()
    .unref();
}
