import { openSync, readSync } from "node:fs";

/** Kept open, as it is read after each invocation. */
const status = process.platform === "linux" ? openSync("/proc/self/status", "r") : undefined;
const buffer = Buffer.alloc(8192);

/**
 * The most memory that this process has had, in MB. `resourceUsage` would not do on Linux: there
 * `maxRSS` starts with what the parent had when it forked.
 */
export function maxMemoryMb(): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readStatus())?.[1];
  return Math.ceil(Number(peak ?? process.resourceUsage().maxRSS) / 1024);
}

function readStatus(): string {
  return status === undefined
    ? ""
    : buffer.toString("latin1", 0, readSync(status, buffer, 0, buffer.length, 0));
}
