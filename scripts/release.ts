/**
 * Moves requests to new versions of functions, as the stack's rollout says, and back where an alarm goes off. Exits
 * with 1 when new code is not live at the end.
 */
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { parseReleaseOptions } from "./release/options";

void runCommand(async ({ signal }) => {
  const options = parseReleaseOptions(process.argv.slice(2));
  // The SDK takes half a second to load, which help and errors of the command line can do without.
  const { connect } = await import("./release/connect.js");
  const { release } = await import("./release/release.js");
  const stack = connect(options);
  if (!stack) {
    console.log("The stack has no rollout: an update of a function is live at once.");
    return 0;
  }
  const isDone = await release({ ...stack, ...options, signal, print: console.log });
  if (signal.aborted) {
    return interruptedExitCode;
  }
  return isDone ? 0 : 1;
}, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
