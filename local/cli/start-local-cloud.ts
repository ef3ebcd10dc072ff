import { portHolder } from "../aws/port-holder";
import type { CloudOptions, LocalCloud } from "./local-cloud";
import type { Shutdown } from "./shutdown";
import { isSystemError, UserError } from "./user-error";

/**
 * Starts a cloud that is stopped at the end of the command, also when that comes before it is up.
 *
 * @throws UserError when the port cannot be had.
 */
export function startLocalCloud<Cloud extends LocalCloud>(
  startCloud: (options: CloudOptions) => Promise<Cloud>,
  options: CloudOptions,
  shutdown: Shutdown,
): Promise<Cloud> {
  const cloud = startCloud(options).catch((error: unknown) => {
    throw portProblem(error, options.port);
  });
  const stop = cloud.then(
    (started) => () => started.stop(),
    // Whoever waits for the cloud is told why it did not start; there is nothing to stop.
    () => () => Promise.resolve(),
  );
  shutdown.add(async () => (await stop)());
  return cloud;
}

function portProblem(error: unknown, port: number): unknown {
  if (isSystemError(error, "EADDRINUSE", "EACCES") && error.syscall === "listen") {
    const holder = portHolder(port);
    const taken = holder === undefined ? "is taken" : `is taken by ${holder}`;
    const reason = error.code === "EACCES" ? "may not be used" : taken;
    return new UserError(`Port ${port} ${reason}; choose another one with --port.`, {
      cause: error,
    });
  }
  return error;
}
