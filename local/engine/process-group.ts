import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";

/** A process that leads a group of its own, with output streams that are read. */
export type GroupLeader = ChildProcessByStdio<null, Readable, Readable>;

const leaders = new Set<GroupLeader>();

// Even when an exception ends this process; only SIGKILL leaves the groups running.
process.on("exit", () => {
  leaders.forEach(endGroup);
});

/**
 * Starts Node.js in a process group of its own, so that it can be ended with all that it started, and
 * so that Ctrl-C reaches it through us alone.
 */
export function spawnGroup(args: string[], cwd: string, env: NodeJS.ProcessEnv): GroupLeader {
  const leader = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  leaders.add(leader);
  leader.once("close", () => leaders.delete(leader));
  return leader;
}

/** Ends a process and all that it started. */
export function endGroup({ pid }: GroupLeader): void {
  if (pid === undefined) {
    // It could not be started.
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
