/**
 * Replays the events that functions gave up: reads their records from the failure queue and invokes
 * the functions again. Exits with 1 when an event is left in the queue.
 */
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { connect } from "./redrive/connect";
import { parseRedriveOptions } from "./redrive/options";
import { redrive } from "./redrive/redrive";

void runCommand(async ({ signal }) => {
  const options = parseRedriveOptions(process.argv.slice(2));
  const { left } = await redrive({
    ...connect(options.outputs),
    ...options,
    signal,
    print: console.log,
  });
  return left > 0 ? 1 : 0;
}, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
