import { hash, randomInt } from "node:crypto";
import type { Fault, FaultInjector, FaultKind } from "../aws/types";
import type { FaultyServiceName } from "./services";

/** Which calls a fault hits, and how often. */
export interface FaultRule {
  service: FaultyServiceName;
  /** Default: each operation of the service. */
  operation?: string;
  /** One of those that the service has. */
  kind: FaultKind;
  /** Above 0 and at most 1. */
  probability: number;
}

/** Number of faults by kind. */
export type FaultCounts = Partial<Record<FaultKind, number>>;

/** What faults are made with. */
export interface FaultsOptions {
  /** Of several that hit a call, the first one counts. Default: none. */
  rules?: readonly FaultRule[];
  /** Default: by chance, from 0 to below 2^32. */
  seed?: number;
}

/**
 * Faults by chance, but the same ones in each run: whether the n-th call of an operation fails depends
 * on the seed, the rules and n alone, not on the calls of other operations between them.
 */
export class Faults implements FaultInjector {
  readonly seed: number;
  #rules: readonly FaultRule[];
  /** Calls by target, such as `s3:PutObject`. */
  readonly #calls = new Map<string, number>();
  readonly #counts = new Map<string, FaultCounts>();

  constructor({ rules = [], seed = randomInt(2 ** 32) }: FaultsOptions = {}) {
    this.#rules = rules;
    this.seed = seed;
  }

  /** Has other rules from the next call on. */
  set(rules: readonly FaultRule[]): void {
    this.#rules = rules;
  }

  /** Lets every call pass. */
  clear(): void {
    this.set([]);
  }

  /** The faults so far by target, such as `s3:PutObject`. */
  counts(): Record<string, FaultCounts> {
    return Object.fromEntries(this.#counts);
  }

  decide(service: string, operation: string): Fault | undefined {
    const target = `${service}:${operation}`;
    const call = (this.#calls.get(target) ?? 0) + 1;
    this.#calls.set(target, call);
    const rule = this.#rules.find(
      (candidate, index) =>
        candidate.service === service &&
        (candidate.operation ?? operation) === operation &&
        this.#draw(target, call, `rule ${index}`) < candidate.probability,
    );
    if (!rule) {
      return undefined;
    }
    const counts = this.#counts.get(target) ?? {};
    this.#counts.set(target, { ...counts, [rule.kind]: (counts[rule.kind] ?? 0) + 1 });
    return { kind: rule.kind, moment: this.#draw(target, call, "moment") };
  }

  /** A number from 0 to below 1 that is the same for the same question. */
  #draw(target: string, call: number, question: string): number {
    const digest = hash("sha256", `${this.seed} ${target} ${call} ${question}`, "buffer");
    return digest.readUIntBE(0, 6) / 2 ** 48;
  }
}
