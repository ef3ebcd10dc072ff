/**
 * Replays the events that functions gave up: reads their records from the failure queue and invokes
 * the functions again. Exits with 1 when an event is left in the queue.
 */
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { parseRedriveOptions } from "./redrive/options";

void runCommand(async ({ signal }) => {
  const options = parseRedriveOptions(process.argv.slice(2));
  // The SDK takes half a second to load, which help and errors of the command line can do without.
  const { connect } = await import("./redrive/connect.js");
  const { redrive } = await import("./redrive/redrive.js");
  const { left } = await redrive({
    ...connect(options),
    ...options,
    signal,
    print: console.log,
  });
  return left > 0 ? 1 : 0;
}, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
