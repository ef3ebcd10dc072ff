import { readdirSync, readFileSync } from "node:fs";

/** What a process and all that it has started use. */
export interface TreeUsage {
  /** Of the processor since they began, user and system, in milliseconds; of ended children too. */
  cpuMs: number;
  /** Proportional set size, in MB: pages that processes share count once. */
  pssMb: number;
  processes: number;
}

/** Of most systems; it would have to be asked of `sysconf`. */
const ticksPerSecond = 100;

/** @throws Error on systems without `/proc`, that is but on Linux. */
export function usageOfTree(root: number): TreeUsage {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const stats = all.flatMap((pid) => statOf(Number(pid)));
  const members = [root];
  // With those that are found meanwhile.
  for (const parent of members) {
    members.push(...stats.filter(({ ppid }) => ppid === parent).map(({ pid }) => pid));
  }
  const tree = stats.filter(({ pid }) => members.includes(pid));
  return {
    cpuMs: sum(tree.map(({ cpuMs }) => cpuMs)),
    pssMb: sum(tree.map(({ pid }) => pssMbOf(pid))),
    processes: tree.length,
  };
}

interface Stat {
  pid: number;
  ppid: number;
  cpuMs: number;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statOf(pid: number): Stat[] {
  const text = read(pid, "stat");
  if (text === "") {
    return [];
  }
  // The name, in parentheses, may have spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).map(Number);
  return [{ pid, ppid: Number(fields[1]), cpuMs: (sum(ticks) / ticksPerSecond) * 1000 }];
}

function pssMbOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(read(pid, "smaps_rollup"))?.[1] ?? "0";
  return Number(kilobytes) / 1024;
}

/**
 * Most memory that this process has held, in MB. What `getrusage` says begins with what its parent had.
 */
export function peakMb(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(process.pid, "status"))?.[1];
  return Number(kilobytes) / 1024;
}

/** Empty when the process has ended. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
