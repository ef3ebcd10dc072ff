import { createHash } from "node:crypto";
import { RecordFolder } from "../aws/record-folder";
import type { KeptTraits } from "../engine/prior-state";
import type { Properties, ResourceIdentity } from "./resource";

/** A resource that exists in the local cloud. */
export interface InventoryItem extends ResourceIdentity {
  type: string;
  id: string;
  urn: string;
  /** In the form in which they travel, with secrets in clear. */
  inputs: Properties;
  outputs: Properties;
  /**
   * Set for what `npm start` has created, and no engine's state knows: an engine that creates it takes
   * it over, with what it holds.
   */
  adoptable?: boolean;
  /** Set where another resource has taken its place, and only its deletion is left to be done. */
  isReplaced?: boolean;
  /** Set for what was left where it is when the program let go of it: it lives on, and nobody manages it. */
  isLeft?: boolean;
  /** Set for what `npm start` has created: what else is to be known when it changes or goes. */
  traits?: KeptTraits;
}

type StoredItem = InventoryItem & { sequence: number };

/**
 * What exists in the local cloud, kept over restarts: most services have their resources in memory
 * alone. In the order of creation.
 */
export class Inventory {
  readonly #folder: RecordFolder<StoredItem>;
  readonly #items = new Map<string, StoredItem>();
  #nextSequence = 1;

  /** @throws DamagedFileError when a record cannot be read. */
  constructor(folder: string) {
    this.#folder = new RecordFolder(folder);
    const stored = this.#folder.load().sort((one, other) => one.sequence - other.sequence);
    for (const item of stored) {
      this.#items.set(keyOf(item), item);
      this.#rename(item);
    }
    this.#nextSequence = (stored.at(-1)?.sequence ?? 0) + 1;
  }

  all(): InventoryItem[] {
    return [...this.#items.values()];
  }

  /** All that was not left. */
  managed(): InventoryItem[] {
    return this.all().filter(({ isLeft = false }) => !isLeft);
  }

  /**
   * @param urn tells apart those that have the same id; of two with one URN, the older is found. What somebody manages
   * goes before what was left.
   */
  find(type: string, id: string, urn?: string): InventoryItem | undefined {
    const alike = this.all().filter((item) => item.type === type && item.id === id);
    const managed = alike.filter(({ isLeft = false }) => !isLeft);
    const candidates = managed.length > 0 ? managed : alike;
    return candidates.find((item) => item.urn === urn) ?? candidates[0];
  }

  /** All that have this URN: two, while one takes the other's place. */
  withUrn(urn: string): InventoryItem[] {
    return this.all().filter((item) => item.urn === urn);
  }

  /** Which of the resources that have had this URN is the latest; the first, where there is none yet. */
  generationOf(urn: string): number {
    return Math.max(1, ...this.withUrn(urn).map(({ generation }) => generation));
  }

  /** Of the latest resource that has had this URN; of the first, where there is none yet. */
  identityOf(urn: string): ResourceIdentity {
    const generation = this.generationOf(urn);
    const origin = this.withUrn(urn).find((item) => item.generation === generation)?.origin;
    return { generation, ...(origin !== undefined && { origin }) };
  }

  /** Adds an item, or changes it. */
  put(item: InventoryItem): void {
    const key = keyOf(item);
    const sequence = this.#items.get(key)?.sequence ?? this.#nextSequence++;
    const stored = { ...item, sequence };
    this.#folder.put(key, stored);
    this.#items.set(key, stored);
  }

  /** Lets go of an item, which lives on. */
  leave(item: InventoryItem): void {
    const { adoptable: _adoptable, isReplaced: _isReplaced, ...left } = item;
    this.put({ ...left, isLeft: true });
  }

  remove(item: ItemKey): void {
    const key = keyOf(item);
    this.#items.delete(key);
    this.#folder.remove(key);
  }

  /** Items of which file names did not tell all that tells them apart get other names. */
  #rename(item: StoredItem): void {
    const { type, id } = item;
    const former = hashOf(`${type}\0${id}`);
    if (this.#folder.has(former)) {
      this.#folder.put(keyOf(item), item);
      this.#folder.remove(former);
    }
  }
}

/** What tells items apart: two of one URN, or of one id, exist while one takes the other's place. */
type ItemKey = Pick<InventoryItem, "type" | "id" | "urn" | "generation">;

/** Safe as the name of a file, whatever the id. */
function keyOf({ type, id, urn, generation }: ItemKey): string {
  return hashOf(`${type}\0${id}\0${urn}#${generation}`);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
