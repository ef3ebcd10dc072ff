import { isDeepStrictEqual } from "node:util";

/** Members of a record, as JSON has them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What may be kept under an id: a record, or none. */
export type Kept = Fields | undefined;

/**
 * A record as its clients remember it. What they do to it, they do one after another, so that what is kept
 * is known but for requests whose end is not.
 */
export class RecordEntry {
  readonly id: string;
  /** All that may be kept: one, as soon as that is known. */
  possible: Kept[] = [undefined];
  #turn: Promise<void> = Promise.resolve();

  constructor(id: string) {
    this.id = id;
  }

  /** What is kept, if that is known. */
  get known(): { kept: Kept } | undefined {
    return this.possible.length === 1 ? { kept: this.possible[0] } : undefined;
  }

  mayBe(kept: Kept): boolean {
    return this.possible.some((each) => isDeepStrictEqual(each, kept));
  }

  /** Does something to it when all is done that was asked for before. */
  async inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(act);
    // Who asks next does not fail with it.
    this.#turn = turn.catch(() => undefined);
    await turn;
  }
}

/** A record that several clients count up at once, each only from what it has read. */
export interface Counter {
  id: string;
  /** How often that was acknowledged. */
  counted: number;
  /** How often it may have been done. */
  unsure: number;
}

/** What clients know of records. */
export class RecordLedger {
  readonly #entries = new Map<string, RecordEntry>();
  readonly #counters = new Map<string, Counter>();
  /** Requests to records that were acknowledged. */
  acknowledged = 0;

  get entries(): RecordEntry[] {
    return [...this.#entries.values()];
  }

  get counters(): Counter[] {
    return [...this.#counters.values()];
  }

  /** Records of which clients do not know what is kept, and counts that may have been made. */
  get unknown(): number {
    const unsure = this.counters.reduce((sum, counter) => sum + counter.unsure, 0);
    return this.entries.filter(({ known }) => known === undefined).length + unsure;
  }

  entry(id: string): RecordEntry {
    const entry = this.#entries.get(id) ?? new RecordEntry(id);
    this.#entries.set(id, entry);
    return entry;
  }

  counter(id: string): Counter {
    const counter = this.#counters.get(id) ?? { id, counted: 0, unsure: 0 };
    this.#counters.set(id, counter);
    return counter;
  }
}
