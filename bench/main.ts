/**
 * Measures how small, fast and cheap the project is, and prints the figures as one table.
 *
 * With `--check`, exits with 1 when a target is missed; else only when a section could not be measured.
 */
import { writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import { type CommandContext, runCommand } from "../local/cli/run-command";
import { aborted, interruptedExitCode, Shutdown } from "../local/cli/shutdown";
import { Progress } from "../scripts/soak/progress";
import { sections } from "./sections";
import { otherCheckout } from "./support/checkout";
import { parseBenchOptions } from "./support/options";
import {
  circumstances,
  type Measured,
  reportJson,
  reportNotes,
  reportTable,
} from "./support/report";
import { meetsTarget, type Section, type SectionOptions, tolerance } from "./support/section";

async function main({ signal, shutdown }: CommandContext): Promise<number> {
  const options = parseBenchOptions(sections, process.argv.slice(2));
  const { sections: asked, against: name, json, check, ...own } = options;
  const against = named(name);
  if (against !== undefined) {
    shutdown.add(() => against.remove());
  }
  const measured: Measured[] = [];
  const failed: string[] = [];
  for (const section of asked) {
    try {
      const measurements = await measureSection(section, {
        ...(against !== undefined && { against }),
        ...own,
        rounds: options.rounds ?? section.rounds,
        signal,
      });
      measured.push({ section, measurements });
    } catch (error) {
      signal.throwIfAborted();
      console.error(`error: ${section.name} could not be measured: ${inspect(error)}`);
      failed.push(section.name);
    }
  }
  await report(measured, name, json);
  return failed.length > 0 || (check && !isWithinTolerance(measured)) ? 1 : 0;
}

function named(against: string | undefined) {
  return against === undefined ? undefined : { name: against, ...otherCheckout(against) };
}

/** Undoes what the section started before the next one begins. */
async function measureSection(
  section: Section,
  options: Omit<SectionOptions, "progress" | "shutdown">,
) {
  const shutdown = new Shutdown();
  const progress = new Progress(process.stderr);
  try {
    return await Promise.race([
      section.measure({
        ...options,
        shutdown,
        progress: (text) => {
          progress.show(`${section.name}: ${text}`);
        },
      }),
      aborted(options.signal).then(() => Promise.reject(new Error("It was interrupted."))),
    ]);
  } finally {
    progress.clear();
    await shutdown.run();
  }
}

async function report(
  measured: readonly Measured[],
  against: string | undefined,
  json: string | undefined,
) {
  const under = circumstances(against);
  console.log(`${under.machine}, Node.js ${under.node}, ${under.commit}, ${under.at}`);
  console.log("Medians, and the middle half of the values in parentheses.\n");
  console.log(`${reportTable(measured)}\n\n${reportNotes(measured)}`);
  if (json !== undefined) {
    await writeFile(json, reportJson(measured, under));
  }
}

function isWithinTolerance(measured: readonly Measured[]): boolean {
  return measured.every(({ measurements }) =>
    measurements.every((measurement) => meetsTarget(measurement, tolerance) !== false),
  );
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
