import { AwsError } from "../aws-error";
import { etagOf } from "./etag";
import { managedEtag, managedTime, type ManagedThings } from "./managed-policies";

/** What the API tells of a thing, and viewers notice nothing of. */
export interface Description {
  name: string;
  comment: string;
  /** What tells apart its versions. */
  etag: string;
  /** What whoever made it named the request by. @default none */
  callerReference?: string;
}

/** A thing with all that the API shows of it. */
export interface Entry<T> extends Description {
  id: string;
  thing: T;
  /** Whether it is one of AWS's. */
  isManaged: boolean;
  createdAt: Date;
  modifiedAt: Date;
}

/** Things of one kind, by id. */
export class Registry<T> {
  readonly #kind: string;
  readonly #changed: () => void;
  readonly #clock: () => Date;
  readonly #byId = new Map<string, Entry<T>>();

  /**
   * @param kind such as `CachePolicy`; it is part of the error's code.
   * @param changed called when a thing has taken another's place.
   * @param managed what is there from the beginning.
   */
  constructor(
    kind: string,
    { changed, clock }: { changed: () => void; clock: () => Date },
    managed: ManagedThings<T> = {},
  ) {
    this.#kind = kind;
    this.#changed = changed;
    this.#clock = clock;
    for (const [id, { thing, ...told }] of Object.entries(managed)) {
      const times = { createdAt: managedTime, modifiedAt: managedTime };
      this.#byId.set(id, { ...told, ...times, etag: managedEtag, id, thing, isManaged: true });
    }
  }

  /** @param description what is left out is empty, and the name is the id. */
  set(id: string, thing: T, description: Partial<Description> = {}): void {
    const modifiedAt = this.#clock();
    const existing = this.#byId.get(id);
    const createdAt = existing?.createdAt ?? modifiedAt;
    const told = { name: id, comment: "", etag: etagOf(id), ...description };
    this.#byId.set(id, { ...told, id, thing, isManaged: false, createdAt, modifiedAt });
    if (existing) {
      this.#changed();
    }
  }

  /** One that is gone already is no error. */
  delete(id: string): void {
    this.#byId.delete(id);
  }

  /** Ids of the things that pass. */
  idsOf(passes: (thing: T) => boolean): string[] {
    return this.entries()
      .filter(({ thing }) => passes(thing))
      .map(({ id }) => id);
  }

  /** @throws AwsError such as `NoSuchCachePolicy`. */
  get(id: string): T {
    const entry = this.#byId.get(id);
    if (entry === undefined) {
      const message = `The local CloudFront knows no ${this.#kind} with the ID ${id}`;
      throw new AwsError(`NoSuch${this.#kind}`, message, 404);
    }
    return entry.thing;
  }

  /** What has this id, if anything has. */
  peek(id: string): T | undefined {
    return this.#byId.get(id)?.thing;
  }

  /** As `get`, but where no id is given there is nothing to find. */
  find(id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.get(id);
  }

  /** All, those of AWS first. */
  entries(): Entry<T>[] {
    return [...this.#byId.values()];
  }

  /** What has this id, with what is told of it, if anything has. */
  entry(id: string): Entry<T> | undefined {
    return this.#byId.get(id);
  }
}
