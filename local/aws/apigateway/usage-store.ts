import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const writeDelayMs = 1000;

/** What a key has used of a usage plan's quota. */
interface Usage {
  /** First day of the period, such as `2026-01-31`. */
  period: string;
  used: number;
  /** Of each day, such as `2026-01-31`. Files of before have none. */
  days?: [day: string, count: number][];
}

/** For so many days usage is kept. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsage.html */
const maxDays = 90;

/**
 * Counts requests per usage plan and key, over restarts. It counts in memory and writes at most
 * once a second and at the end, so that a process killed in between forgets up to a second.
 */
export class UsageStore {
  readonly #file: string;
  readonly #notify: (line: string) => void;
  #usage = new Map<string, Usage>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, notify: (line: string) => void) {
    this.#file = join(folder, "usage.json");
    this.#notify = notify;
  }

  /** Reads what earlier runs counted. */
  async load(): Promise<void> {
    const text = existsSync(this.#file) ? await readFile(this.#file, "utf8") : "{}";
    try {
      this.#usage = new Map(Object.entries(JSON.parse(text) as Record<string, Usage>));
    } catch (error) {
      throw new Error(`${this.#file} is not readable as JSON`, { cause: error });
    }
  }

  /** How many requests were counted by day, such as `2026-01-31`. */
  daysOf(name: string): ReadonlyMap<string, number> {
    return new Map(this.#usage.get(name)?.days);
  }

  /**
   * Counts a request, or returns false when `limit` are counted in this period already.
   *
   * @param day in the period, such as `2026-01-31`.
   */
  count(name: string, period: string, limit: number, day: string): boolean {
    const usage = this.#usage.get(name);
    const used = usage?.period === period ? usage.used : 0;
    if (used >= limit) {
      return false;
    }
    this.#usage.set(name, { period, used: used + 1, days: withOneMore(usage?.days ?? [], day) });
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => {
        this.#notify(`API Gateway cannot save the usage of API keys: ${String(error)}`);
      });
    }, writeDelayMs).unref();
    return true;
  }

  /** Writes what is not yet written. */
  async flush(): Promise<void> {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#writing = Promise.allSettled([this.#writing]).then(() => this.#write());
    }
    await this.#writing;
  }

  /** Replaces the file in one step, so that it is whole whenever the process ends. */
  async #write(): Promise<void> {
    const temporary = `${this.#file}.tmp`;
    await mkdir(join(this.#file, ".."), { recursive: true });
    await writeFile(temporary, JSON.stringify(Object.fromEntries(this.#usage)));
    await rename(temporary, this.#file);
  }
}

/** Changes what it is given: each request is counted. */
function withOneMore(days: [day: string, count: number][], day: string) {
  const known = days.findLast(([each]) => each === day);
  if (known) {
    known[1] += 1;
    return days;
  }
  days.push([day, 1]);
  return days.slice(-maxDays);
}
