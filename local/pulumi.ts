import { dirname } from "node:path";
import { runPulumi } from "./cli/pulumi";
import { startCloud } from "./cloud";

void runPulumi({ args: process.argv.slice(2), projectDir: dirname(__dirname), startCloud }).then(
  (exitCode) => {
    process.exit(exitCode);
  },
);
