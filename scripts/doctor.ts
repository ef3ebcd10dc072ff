/**
 * Says what a deployment of a stack would miss, before it is begun: tools, config, state, credentials. Changes nothing.
 * Exits with 1 when something is missing.
 */
import path from "node:path";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { reportOf } from "./doctor/report";
import { ScriptCommand } from "../local/cli/script-command";

interface Options {
  stack: string;
  json: boolean;
}

async function main(): Promise<number> {
  const { stack, json } = readOptions(process.argv.slice(2));
  const projectDir = path.dirname(__dirname);
  // All that it needs takes a second to load, which help and errors of the command line can do without.
  const { examine } = await import("./doctor/examine.js");
  const findings = await examine(projectDir, stack);
  const { text, exitCode } = reportOf(stack, findings, json);
  console.log(text);
  return exitCode;
}

function readOptions(args: string[]): Options {
  return new ScriptCommand("npm run doctor --")
    .description(
      "Says what a deployment of a stack would miss, before it is begun. Changes nothing.",
    )
    .option("--stack <name>", "stack that is to be deployed", "production")
    .option("--json", "print a JSON document", false)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<Options>();
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  // Whatever is still being waited for.
  process.exit(exitCode);
});
