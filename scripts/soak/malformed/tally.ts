import { parseObject } from "../error-shape";
import type { Outcome } from "./connection";
import type { Acknowledged } from "./leftovers";
import { outcomeProblem } from "./outcome-problem";
import type { SpoiltRequest } from "./request";

/** Counts requests and what came of them. */
export class Tally {
  /** One sentence for each request that was not answered as it should be. */
  readonly problems: string[] = [];
  requests = 0;
  readonly #acknowledged: Acknowledged;
  readonly #kinds = new Map<string, number>();
  readonly #statuses = new Map<string, number>();
  #slowestMs = 0;

  constructor(acknowledged: Acknowledged) {
    this.#acknowledged = acknowledged;
  }

  /** @param number tells the request from the others of the run. */
  note(number: number, request: SpoiltRequest, outcome: Outcome): void {
    const { kind, route, isKeyed } = request;
    this.requests++;
    increment(this.#kinds, kind);
    this.#slowestMs = Math.max(this.#slowestMs, outcome.milliseconds);
    for (const { status, body } of outcome.answers) {
      increment(this.#statuses, String(status));
      if (status < 300) {
        const told = parseObject(body);
        this.#acknowledged.note(told, isKeyed);
        // Also where another method was spoilt to be PUT.
        if (route.includes(" /records/{id}")) {
          this.#acknowledged.records.add(String(told.id));
        }
      }
    }
    if (outcome.answers.length === 0) {
      increment(this.#statuses, "no HTTP, closed");
    }
    const problem = outcomeProblem(request, outcome);
    if (problem !== undefined) {
      this.problems.push(`request ${number} (${route}, spoilt in ${kind}) ${problem}`);
    }
  }

  figures(): Record<string, number | string> {
    return {
      Requests: this.requests,
      ...labelled("spoilt in", this.#kinds),
      ...labelled("answered with", this.#statuses),
      "Slowest answer": `${(this.#slowestMs / 1000).toFixed(1)} s`,
    };
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function labelled(label: string, counts: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, count]) => [`  ${label} ${name}`, count]));
}
