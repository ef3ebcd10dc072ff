/**
 * Tests the program and the policy pack on Pulumi's own engine, if there is a CLI, and compares it with
 * the local run. Exits with 1 when a test failed, or when there is no CLI and one is required.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { findCommand } from "../local/cli/find-command";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";

const root = dirname(__dirname);
const specs = "tests/engine/**/*.spec.ts";

interface Options {
  grep?: string;
  required: boolean;
}

async function main({ signal }: CommandContext): Promise<number> {
  const { grep, required } = readOptions(process.argv.slice(2));
  if (findCommand("pulumi", join(root, "node_modules")) === undefined) {
    console.log(
      "There is no Pulumi CLI on the PATH, so nothing is tested on the real engine; " +
        "https://www.pulumi.com/docs/install/ says how to get it.",
    );
    return required ? 1 : 0;
  }
  const mocha = createRequire(__filename).resolve("mocha/bin/mocha.js");
  const selection = grep === undefined ? [] : ["--grep", grep];
  const child = spawn(process.execPath, [mocha, specs, ...selection], {
    cwd: root,
    stdio: "inherit",
    signal,
  });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  return exitCode ?? 1;
}

function readOptions(args: string[]): Options {
  return new Command("npm run test:engine --")
    .description("Compares the local run with Pulumi's own engine. Needs the Pulumi CLI.")
    .option("--required", "fails where there is no CLI", false)
    .option("--grep <text>", "runs only the tests whose names have the text")
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<Options>();
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
