import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { localFolder } from "../folder";

/** A process that leads a group of its own, with output streams that are read. */
export type GroupLeader = ChildProcessByStdio<null, Readable, Readable>;

const leaders = new Set<GroupLeader>();

// Even when an exception ends this process. After SIGKILL they end by themselves.
process.on("exit", () => {
  leaders.forEach(endGroup);
});

/** Beside the three that every process has. */
const parentPipe = 3;

/** Ends a group when that pipe does. The SDK takes an argument `--require` by itself for a loader. */
const endWithParent = `--require=${join(localFolder, "engine/end-with-parent.cjs")}`;

/**
 * Starts Node.js in a process group of its own, so that it can be ended with all that it started, and
 * so that Ctrl-C reaches it through us alone. It does not outlive this process.
 */
export function spawnGroup(args: string[], cwd: string, env: NodeJS.ProcessEnv): GroupLeader {
  const leader = spawn(process.execPath, [endWithParent, ...args], {
    cwd,
    env: { ...env, LOCAL_RUN_PARENT_PIPE: String(parentPipe) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  }) as GroupLeader;
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
