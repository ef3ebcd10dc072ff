/**
 * Tests the program and the policy pack on Pulumi's own engine, if there is a CLI, and compares it with
 * the local run. Exits with 1 when a test failed, or when there is no CLI and one is required. However
 * it ends, no process and no file of the tests is left.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findCommand } from "../local/cli/find-command";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { endTree } from "./descendants";
import { ScriptCommand } from "../local/cli/script-command";

const root = dirname(__dirname);
const specs = "tests/engine/**/*.spec.ts";

interface Options {
  grep?: string;
  required: boolean;
}

async function main({ signal, shutdown }: CommandContext): Promise<number> {
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
  const folder = await mkdtemp(join(tmpdir(), "test-engine-"));
  shutdown.add(() => rm(folder, { recursive: true }));
  const child = spawn(process.execPath, [mocha, specs, ...selection], {
    cwd: root,
    stdio: "inherit",
    // In a group of its own, so that Ctrl-C reaches it through us alone.
    detached: true,
    env: { ...process.env, TMPDIR: folder },
  });
  shutdown.add(() => {
    if (child.pid !== undefined) {
      endTree(child.pid);
    }
    return Promise.resolve();
  });
  const [exitCode] = (await once(child, "exit", { signal })) as [number | null];
  return exitCode ?? 1;
}

function readOptions(args: string[]): Options {
  return new ScriptCommand("npm run test:engine --")
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
