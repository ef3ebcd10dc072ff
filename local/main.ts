import { dirname } from "node:path";
import { run } from "./cli/run";
import { startCloud } from "./cloud";

void run({ args: process.argv.slice(2), projectDir: dirname(__dirname), startCloud }).then(
  (exitCode) => {
    process.exit(exitCode);
  },
);
