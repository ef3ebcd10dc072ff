import { setImmediate as nextTurn } from "node:timers/promises";
import { walk } from "../listing";
import type { ObjectChange } from "../notifications/event-record";
import type { EventName } from "../notifications/event-types";
import type { Notifications } from "../notifications/notifications";
import { newRequestIds } from "../request-ids";
import type { Bucket } from "../store/bucket";
import type { Store } from "../store/store";
import type { ObjectVersion } from "../store/version";
import { expiryOf, isAbandoned } from "./expiry";
import { enabledRules } from "./rules";
import type { LifecycleRule } from "./rules";

/** What lifecycle rules are applied with. */
export interface LifecycleOptions {
  store: Store;
  notifications: Notifications;
  clock: () => Date;
  notify: (line: string) => void;
  /** Milliseconds between two runs. */
  intervalMs: number;
}

/** The program that configures the buckets has run by then. */
const firstRunMs = 60_000;

/** Who events say that an object was removed by. */
const actor = "s3.amazonaws.com";

/**
 * Removes what lifecycle rules expire: soon after the start, and at an interval. S3 does so once a
 * day, and may take days longer.
 */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule(Math.min(firstRunMs, this.#options.intervalMs));
  }

  /** Resolves when a run on its way has ended; it removes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Applies all rules of all buckets; what fails is told, and tried again at the next run. */
  async run(): Promise<void> {
    for (const bucket of this.#options.store.all()) {
      try {
        await this.#tidy(bucket);
      } catch (error) {
        this.#options.notify(`S3's lifecycle failed on ${bucket.name}: ${String(error)}`);
      }
    }
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#running = this.run().then(() => {
        if (!this.#stopped) {
          this.#schedule(this.#options.intervalMs);
        }
      });
    }, delayMs).unref();
  }

  async #tidy(bucket: Bucket): Promise<void> {
    const { lifecycle } = bucket.configuration;
    const rules = lifecycle ? enabledRules(lifecycle) : [];
    if (rules.length === 0) {
      return;
    }
    this.#abortUploads(bucket, rules);
    const everything = { prefix: "", delimiter: "" };
    for (const entry of walk(bucket.keys, everything, "", () => true)) {
      if (this.#stopped || this.#options.store.find(bucket.name) !== bucket) {
        return;
      }
      if ("key" in entry) {
        await this.#tell(this.#expire(bucket, rules, entry.key));
      }
    }
  }

  #abortUploads({ uploads }: Bucket, rules: readonly LifecycleRule[]): void {
    const now = this.#options.clock();
    for (const upload of uploads.all().filter((each) => isAbandoned(rules, each, now))) {
      uploads.end(upload);
    }
  }

  /** In one go, so that no request comes between the decision and the deed. */
  #expire(bucket: Bucket, rules: readonly LifecycleRule[], key: string): ObjectChange[] {
    const now = this.#options.clock();
    const versions = bucket.versionsOf(key);
    const [current] = versions;
    const { expireCurrent, remove } = expiryOf(rules, versions, now);
    const removed = remove.map((version) => this.#remove(bucket, version));
    if (!expireCurrent || !current) {
      return removed;
    }
    if (bucket.configuration.versioning === undefined) {
      return [...removed, this.#remove(bucket, current)];
    }
    const marker = bucket.add(key, { kind: "delete-marker" }, now);
    return [...removed, this.#change(bucket, "LifecycleExpiration:DeleteMarkerCreated", marker)];
  }

  #remove(bucket: Bucket, version: ObjectVersion): ObjectChange {
    bucket.remove(version);
    return this.#change(bucket, "LifecycleExpiration:Delete", version);
  }

  #change(bucket: Bucket, name: EventName, version: ObjectVersion): ObjectChange {
    return this.#options.notifications.change(bucket, name, version, actor);
  }

  async #tell(changes: readonly ObjectChange[]): Promise<void> {
    if (changes.length > 0) {
      const origin = { source: actor, ids: newRequestIds() };
      await this.#options.notifications.publish(changes, origin);
      // Requests get their turn before the next key.
      await nextTurn();
    }
  }
}
