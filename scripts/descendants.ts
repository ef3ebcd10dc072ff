import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

/** How long processes may take to notice that their parent is gone. */
const timeoutMs = 10_000;

/** The ids of all processes that a process has started, and of those that these have. */
export function descendantsOf(pid: number): number[] {
  const processes = listProcesses();
  const childrenOf = (parent: number): number[] =>
    processes
      .filter(({ ppid }) => ppid === parent)
      .flatMap((child) => [child.pid, ...childrenOf(child.pid)]);
  return childrenOf(pid);
}

/**
 * Ends a process with all that it and these have started, at once and in whichever process groups.
 * They are held first, so that none starts another one meanwhile.
 */
export function endTree(pid: number): void {
  const held = new Set<number>();
  let found = [pid];
  while (found.length > 0) {
    found.forEach((each) => {
      held.add(each);
      send(each, "SIGSTOP");
    });
    found = descendantsOf(pid).filter((each) => !held.has(each));
  }
  held.forEach((each) => {
    send(each, "SIGKILL");
  });
}

/** The commands of the processes in a group. */
export function commandsOfGroup(pgid: number): string[] {
  return listProcesses()
    .filter((each) => each.pgid === pgid)
    .map(({ command }) => command);
}

/** To one that has ended there is nothing to send. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}

/**
 * Waits until none of the processes is there any more.
 *
 * @throws Error when one goes on.
 */
export async function ended(pids: readonly number[]): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let left = [...pids];
  while (left.length > 0) {
    if (performance.now() > deadline) {
      throw new Error(`Processes outlive the local run that started them: ${left.join(", ")}.`);
    }
    await setTimeout(50);
    const running = new Set(listProcesses().map(({ pid }) => pid));
    left = left.filter((pid) => running.has(pid));
  }
}

function listProcesses(): { pid: number; ppid: number; pgid: number; command: string }[] {
  // Those that have ended, but of which nobody has taken notice yet, have the state Z.
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,state=,args="], {
    encoding: "utf8",
  });
  return lines
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => !state?.startsWith("Z"))
    .map(([pid, ppid, pgid, , ...command]) => ({
      pid: Number(pid),
      ppid: Number(ppid),
      pgid: Number(pgid),
      command: command.join(" "),
    }));
}
