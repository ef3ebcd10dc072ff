/**
 * Ends a process that was started with `detached: true`, and all that it started.
 *
 * @param pid undefined where the process could not be started.
 */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
