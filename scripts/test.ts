/**
 * Checks and tests everything, on all cores. Exits with 1 when anything is wrong. However it ends, no
 * process and no file of the tests is left.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { InvalidArgumentError } from "commander";
import { type CommandContext, runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { UserError } from "../local/cli/user-error";
import { runAll } from "./test/pool";
import { Printer } from "./test/printer";
import { tempFolder } from "./test/temp-folder";
import { allSpecs, unitsOf } from "./test/units";
import { ScriptCommand } from "../local/cli/script-command";

interface Options {
  jobs: number;
  specs?: string[];
  patience: number;
}

/** What `npm run check` does, longest first. */
const checks = ["check:code", "check:outputs", "check:format"];

async function main({ signal, shutdown }: CommandContext): Promise<number> {
  const { jobs, specs = allSpecs, patience } = readOptions(process.argv.slice(2));
  process.chdir(dirname(__dirname));
  const units = unitsOf(specs);
  if (units.length === 0) {
    throw new UserError(`no spec matches ${specs.join(" ")}`);
  }
  const scripts = specs === allSpecs ? checks.map((script) => ({ script })) : [];
  const tempDir = await mkdtemp(join(tempFolder(process.env.TMPDIR), "tests-"));
  shutdown.add(() => rm(tempDir, { recursive: true, force: true }));
  const printer = new Printer();
  await runAll([...scripts, ...units], {
    jobs,
    signal,
    tempDir,
    patienceMs: patience * 1000,
    onFile: (result) => {
      printer.file(result);
    },
    onScript: (result) => {
      printer.script(result);
    },
    onProblem: (problem) => {
      printer.problem(problem);
    },
  });
  const isGood = printer.end();
  return signal.aborted ? interruptedExitCode : Number(!isGood);
}

function readOptions(args: string[]): Options {
  return new ScriptCommand("npm run test --")
    .description("Checks and tests everything.")
    .option("--jobs <number>", "how many processes run at a time", parseCount, defaultJobs())
    .option("--specs <patterns...>", "runs only the specs that match, and no other check")
    .option(
      "--patience <seconds>",
      "how long a test may hold up its process before that is ended",
      parseCount,
      120,
    )
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<Options>();
}

/** Much of the tests is waiting. */
function defaultJobs(): number {
  return availableParallelism() + 1;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1 on.");
  }
  return count;
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
