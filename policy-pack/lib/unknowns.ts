import type { ResourceRecord } from "./resource-record";
import { sdkProxy } from "./sdk-proxy";

/** A property that a rule needed to know, as messages name it. */
type Marks = Set<string>;

/**
 * What a rule asked of one resource and could not be told, since it is known at the deployment only.
 */
export class Unknowns {
  readonly subject: ResourceRecord;
  #marks: Marks = new Set();

  constructor(subject: ResourceRecord) {
    this.subject = subject;
  }

  /** Notes that the rule has read this property of this resource and does not know it. */
  add(record: ResourceRecord, path: readonly (string | number)[]): void {
    const property = path.join(".");
    this.#marks.add(record === this.subject ? property : `${property} of ${record.label}`);
  }

  /** As messages name the properties; none where the rule could judge. */
  get properties(): string[] {
    return [...this.#marks];
  }

  /**
   * Whether any of `items` passes a test, in which what is not known passes. One that passes whatever
   * is not known settles it; only where there is none do the unknown values of others count.
   */
  some<Item>(items: readonly Item[], test: (item: Item) => boolean): boolean {
    const before = this.#marks;
    const uncertain: Marks[] = [];
    try {
      for (const item of items) {
        this.#marks = new Set();
        if (test(item)) {
          if (this.#marks.size === 0) {
            return true;
          }
          uncertain.push(this.#marks);
        }
      }
    } finally {
      this.#marks = before;
    }
    for (const property of uncertain.flatMap((marks) => [...marks])) {
      before.add(property);
    }
    return uncertain.length > 0;
  }
}

/**
 * Tells, apart from violations and always as an advice, that a rule cannot judge resources before the
 * deployment. The SDK puts `can't run policy … during preview` before the message.
 */
export class NotYetKnown extends sdkProxy.UnknownValueError {
  constructor(unknowns: readonly Unknowns[]) {
    super(sdkProxy.unknownStringValue, []);
    const resources = unknowns.map(
      ({ subject, properties }) => `${subject.label} (${properties.join(", ")})`,
    );
    // In the same order every time; the engine tells of resources as they come.
    this.message = `not known before the deployment: ${resources.sort().join("; ")}`;
  }
}
