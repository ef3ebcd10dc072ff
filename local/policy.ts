import { dirname } from "node:path";
import { runPolicy } from "./cli/policy";
import { startCloud } from "./cloud";

void runPolicy({ args: process.argv.slice(2), projectDir: dirname(__dirname), startCloud }).then(
  (exitCode) => {
    process.exit(exitCode);
  },
);
