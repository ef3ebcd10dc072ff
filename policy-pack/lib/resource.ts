import type { ResourceRecord } from "./resource-record";
import type { Truth } from "./truth";
import type { Unknowns } from "./unknowns";
import { at, isKnown, nestedValues, unknownValue } from "./values";

/** A step into properties: the name of one, or the place of an item in a list. */
type Step = string | number;

/**
 * A resource, or a part of it, as a rule asks about it. What the engine tells of a resource is of two
 * kinds, what the program gave and what the provider answered, and each may not be known before the
 * deployment. So a rule says which it means, in one of three words.
 */
export class Block {
  /** What the engine has told of the resource. */
  readonly record: ResourceRecord;
  protected readonly unknowns: Unknowns;
  readonly #path: readonly Step[];

  /** @param unknowns keeps what could not be told. */
  constructor(record: ResourceRecord, unknowns: Unknowns, path: readonly Step[] = []) {
    this.record = record;
    this.unknowns = unknowns;
    this.#path = path;
  }

  /**
   * What the program gave: `undefined` for nothing, even where AWS then sets a default, and
   * {@link unknownValue} for what is given and not known yet. Enough for whoever asks *whether*
   * something is set.
   */
  declared(...path: Step[]): unknown {
    // A resource that is only read is as it is; nothing of it is declared here.
    const { inputs, outputs } = this.record;
    return at((inputs ?? outputs)?.values, ...this.#path, ...path);
  }

  /**
   * What the program gave, for whoever needs to know *what*: where this is not known yet, the rule is
   * taken to be unable to judge the resource before the deployment, and that is told.
   */
  known(...path: Step[]): unknown {
    return this.#asked(this.declared(...path), path);
  }

  /**
   * What holds: what the program gave, or else what the provider answered; as {@link known}, it tells.
   * While a resource is analyzed by itself, the provider has not answered yet.
   */
  inEffect(...path: Step[]): unknown {
    return this.#asked(this.record.inEffect(...this.#path, ...path), path);
  }

  /**
   * The parts that a list has, or the one part that stands for it. A list or a part that is not known
   * is a part of which nothing is known.
   */
  blocks(...path: Step[]): Block[] {
    const value = this.declared(...path);
    if (value === undefined) {
      return [];
    }
    return Array.isArray(value)
      ? value.map((_, index) => this.block(...path, index))
      : [this.block(...path)];
  }

  /** The part at a path, whether or not the program gave it. */
  block(...path: Step[]): Block {
    return new Block(this.record, this.unknowns, [...this.#path, ...path]);
  }

  /** All values of `key` at any depth below a path; as {@link known}, it tells. */
  knownNested(key: string, ...path: Step[]): unknown[] {
    const values = nestedValues(this.declared(...path), key);
    if (values.includes(unknownValue)) {
      this.tellUnknown(...path);
    }
    return values;
  }

  /** Tells that what is not known yet of the value at a path keeps the rule from judging. */
  tellUnknown(...path: Step[]): void {
    this.unknowns.add(this.record, [...this.#path, ...path]);
  }

  /** Whether something is known to hold of the value at a path; that it may turn out to is told. */
  holds(truth: Truth, ...path: Step[]): boolean {
    return this.mayHold(truth, ...path) && truth === true;
  }

  /** Whether something holds of the value at a path, or may turn out to, which is told. */
  mayHold(truth: Truth, ...path: Step[]): boolean {
    if (truth === unknownValue) {
      this.tellUnknown(...path);
    }
    return truth !== false;
  }

  /**
   * Whether any of `items` passes a test in which what is not known passes. What is known goes first:
   * an unknown value beside one that passes is not told.
   */
  some<Item>(items: readonly Item[], test: (item: Item) => boolean): boolean {
    return this.unknowns.some(items, test);
  }

  #asked(value: unknown, path: readonly Step[]): unknown {
    if (!isKnown(value)) {
      this.tellUnknown(...path);
    }
    return value;
  }
}

/** A resource that a rule judges by what its program gave. */
export class CheckedResource extends Block {
  /** Such as `aws:s3/bucket:Bucket`. */
  get type(): string {
    return this.record.type;
  }

  /** The logical name. */
  get name(): string {
    return this.record.name;
  }

  get urn(): string {
    return this.record.urn;
  }

  /** How messages name the resource, such as `aws.s3.Bucket "images"`. */
  get label(): string {
    return this.record.label;
  }

  /** The stack's name, which the URN begins with. */
  get stack(): string {
    return this.urn.split(":")[2] ?? "";
  }

  /** The value at a path into the configuration of the resource's provider; as {@link known}, it tells. */
  fromProvider(...path: Step[]): unknown {
    const value = at(this.record.provider?.values, ...path);
    if (!isKnown(value)) {
      this.unknowns.add(this.record, ["provider", ...path]);
    }
    return value;
  }
}
