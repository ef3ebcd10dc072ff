import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** `st` of a socket that listens. https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html */
const listening = "0A";

/**
 * Who listens on a port of this machine, such as `process 4711 (node)`, as far as the system tells:
 * only Linux does, and only of one's own processes.
 */
export function portHolder(port: number): string | undefined {
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => socketsAt(table, port));
  const pid = sockets.length === 0 ? undefined : holderOf(new Set(sockets));
  return pid === undefined ? undefined : `process ${pid} (${nameOf(pid)})`;
}

/** Links such as `socket:[12345]` of what listens on `port`. */
function socketsAt(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return (attempt(() => readFileSync(table, "utf8")) ?? "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === listening)
    .map((fields) => `socket:[${fields[9] ?? ""}]`);
}

function holderOf(sockets: ReadonlySet<string>): string | undefined {
  const pids = (attempt(() => readdirSync("/proc")) ?? []).filter((name) => /^\d+$/.test(name));
  return pids.find((pid) => {
    const files = attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
    return files.some((file) =>
      sockets.has(attempt(() => readlinkSync(`/proc/${pid}/fd/${file}`)) ?? ""),
    );
  });
}

/** The program's, without its arguments: those may hold secrets. */
function nameOf(pid: string): string {
  const [program = ""] = (attempt(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")) ?? "").split(
    "\0",
  );
  return basename(program);
}

/** Processes end and files close while they are looked at; others' may not be looked at. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
