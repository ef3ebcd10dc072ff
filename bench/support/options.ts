import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Argument, InvalidArgumentError } from "commander";
import { parseCount } from "./parse-count";
import { type Section, tolerance } from "./section";
import { ScriptCommand } from "../../local/cli/script-command";

/** What `npm run bench` is told on its command line. */
export interface BenchOptions {
  sections: readonly Section[];
  against?: string;
  rounds?: number;
  json?: string;
  images?: number;
  seconds?: number;
  clients?: number;
  serverlessOffline?: boolean;
  check: boolean;
}

/**
 * Reads the command line.
 *
 * @param all sections, in the order in which they are run.
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parseBenchOptions(all: readonly Section[], args: readonly string[]): BenchOptions {
  const names = all.map(({ name }) => name);
  const command = new ScriptCommand("npm run bench --")
    .description(
      "Measures how small, fast and cheap the project is, as ratios of pairs that are measured in turns.",
    )
    .addArgument(new Argument("[sections...]", "default: all").choices(names))
    .option(
      "--against <ref|folder>",
      "compare with another checkout, whose packages are installed, or with a revision",
    )
    .option(
      "--rounds <number>",
      "how often each figure is measured, in place of the default",
      parseCount,
    )
    .option("--images <number>", "measure scale with so many images, too", parseImages)
    .option("--seconds <number>", "how long throughput measures each, a round", parseCount)
    .option("--clients <number>", "requests at a time of throughput", parseCount)
    .option("--serverless-offline", "compare throughput with serverless-offline, too")
    .option("--json <file>", "write all figures into a file, too", parseFile)
    .option(
      "--check",
      `exit with 1 when a target is missed by more than ${tolerance * 100} %`,
      false,
    )
    .addHelpText("after", `\nSections, and about how long each takes:\n${sectionsText(all)}`)
    .exitOverride()
    .parse(args, { from: "user" });
  const [asked] = command.processedArgs as [string[]];
  const options = command.opts<Omit<BenchOptions, "sections">>();
  return {
    ...options,
    sections: asked.length === 0 ? all : all.filter(({ name }) => asked.includes(name)),
  };
}

function parseImages(text: string): number {
  if (!/^[1-9]\d{2,6}$/.test(text)) {
    throw new InvalidArgumentError("It must be an integer from 100 to 9999999.");
  }
  return Number(text);
}

/** What takes long to measure is not to be lost for a folder that is not there. */
function parseFile(file: string): string {
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) {
    throw new InvalidArgumentError(`There is no folder ${folder}.`);
  }
  return file;
}

function sectionsText(all: readonly Section[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all
    .map(({ name, title, minutes }) => `  ${name.padEnd(width)}  ${title} (${minutes} min)`)
    .join("\n");
}
