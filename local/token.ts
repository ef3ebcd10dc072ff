import { runToken } from "./cli/token";

void runToken(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
