// Loaded into the processes of a run. Lets a program make its stack as often as STACK_COPIES says, all but
// the first with a prefix of their own.
"use strict";

const { createRequire, Module } = require("node:module");
const { join } = require("node:path");
const process = require("node:process");

const copies = Number(process.env.STACK_COPIES);
const load = Module._load;

if (process.argv[1]?.includes(join("cmd", "run", "index"))) {
  Module._load = (request, ...rest) => {
    const exports = load(request, ...rest);
    if (request === join(process.cwd(), "index.ts")) {
      Module._load = load;
      const requireFromProgram = createRequire(request);
      const { runtime } = requireFromProgram("@pulumi/pulumi");
      // That of the first holds for all.
      runtime.registerResourceTransform = () => undefined;
      for (let copy = 2; copy <= copies; copy++) {
        runtime.setConfig(`${runtime.getProject()}:prefix`, `copy${copy}`);
        delete require.cache[request];
        requireFromProgram(request);
      }
    }
    return exports;
  };
}
