import { execFileSync } from "node:child_process";
import { quantile } from "../quantile";

/** Memory of a local run at one moment, in bytes. */
interface Sample {
  run: number;
  /** Of its function processes, on average; `undefined` when there was none. */
  perFunction: number | undefined;
}

/** What may be more at the end: the share, and an absolute part for what garbage collection leaves. */
const slack = { share: 0.25, bytes: 32 * 1024 * 1024 };

/** Watches the resident memory of a local run and of the processes of its functions. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #samples: Sample[] = [];

  constructor(pid: number) {
    this.#pid = pid;
  }

  sample(): void {
    const processes = listProcesses();
    const run = processes.find(({ pid }) => pid === this.#pid);
    const functions = processes.filter(({ parent }) => parent === this.#pid);
    if (run) {
      const total = functions.reduce((sum, { bytes }) => sum + bytes, 0);
      const perFunction = functions.length > 0 ? total / functions.length : undefined;
      this.#samples.push({ run: run.bytes, perFunction });
    }
  }

  /** Medians of the second and of the last quarter. */
  figures(): Record<string, string> {
    return Object.fromEntries(
      this.#compare().map(({ name, before, after }) => [
        `Memory of ${name}, second and last quarter`,
        `${inMebibytes(before)}, ${inMebibytes(after)} MiB`,
      ]),
    );
  }

  problems(): string[] {
    return this.#compare()
      .filter(({ before, after }) => after > before * (1 + slack.share) + slack.bytes)
      .map(({ name, before, after }) => {
        const growth = `from ${inMebibytes(before)} to ${inMebibytes(after)} MiB`;
        return `the memory of ${name} has grown ${growth}`;
      });
  }

  #compare(): { name: string; before: number; after: number }[] {
    const quarter = Math.floor(this.#samples.length / 4);
    const second = this.#samples.slice(quarter, 2 * quarter);
    const last = this.#samples.slice(this.#samples.length - quarter);
    const parts = { "the run": "run", "a function": "perFunction" } as const;
    return Object.entries(parts).map(([name, part]) => {
      const medianOf = (samples: readonly Sample[]) =>
        quantile(
          samples.flatMap((sample) => sample[part] ?? []),
          0.5,
        );
      return { name, before: medianOf(second), after: medianOf(last) };
    });
  }
}

function inMebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}

function listProcesses(): { pid: number; parent: number; bytes: number }[] {
  const output = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return output
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, bytes: kibibytes * 1024 };
    });
}
