import { messageOf } from "../../../message-of";
import type { Account, ServiceBus } from "../../types";
import type { FunctionNotification } from "../store/configuration";
import type { Bucket } from "../store/bucket";
import type { Store } from "../store/store";
import { isObject } from "../store/version";
import type { ObjectVersion } from "../store/version";
import { bucketArn } from "./configuration";
import type { EventInvoker } from "./configuration";
import { busEvent } from "./bus-event";
import { eventRecord } from "./event-record";
import type { EventOrigin, ObjectChange } from "./event-record";
import { selects } from "./event-types";
import type { EventName } from "./event-types";

/** What notifications are sent with. */
export interface NotificationsOptions {
  account: Account;
  store: Store;
  invoker: EventInvoker;
  /** Takes what buckets tell that say so. Default: nobody listens. */
  bus?: ServiceBus | undefined;
  notify: (line: string) => void;
  clock: () => Date;
}

/** The MD5 of no bytes: what S3 says a delete marker has. */
const emptyEtag = "d41d8cd98f00b204e9800998ecf8427e";

/** Tells functions and the event bus of what happens to objects, as the buckets' notifications ask for. */
export class Notifications {
  readonly #options: NotificationsOptions;
  #lastSequence = 0;

  constructor(options: NotificationsOptions) {
    this.#options = options;
  }

  /** A note that `version` was just written or removed. */
  change(
    bucket: Bucket,
    name: EventName,
    version: ObjectVersion,
    principalId: string,
  ): ObjectChange {
    const { key, versionId, content } = version;
    const at = this.#options.clock();
    return {
      name,
      bucket: bucket.name,
      key,
      ...(versionId !== "null" && { versionId }),
      ...(name.startsWith("ObjectCreated:") &&
        isObject(version) && { size: version.content.size, etag: version.content.etag }),
      ...(name.endsWith(":DeleteMarkerCreated") &&
        content.kind === "delete-marker" && { etag: emptyEtag }),
      principalId,
      at,
      sequencer: this.#nextSequencer(at),
    };
  }

  /**
   * Queues an event for every notification that asks for one of the changes. What cannot be queued
   * is lost, and told to the person at the console: the object has been written all the same. S3
   * would try again.
   */
  async publish(changes: readonly ObjectChange[], origin: EventOrigin): Promise<void> {
    await Promise.all(
      changes.flatMap((change) => [
        ...this.#notificationsOf(change).map((notification) =>
          this.#send(notification, change, origin),
        ),
        this.#emit(change, origin),
      ]),
    );
  }

  async #emit(change: ObjectChange, origin: EventOrigin): Promise<void> {
    const { account, bus, notify, store } = this.#options;
    if (!store.find(change.bucket)?.configuration.eventBridge) {
      return;
    }
    try {
      await bus?.emit(busEvent(bucketArn(account, change.bucket), change, origin));
    } catch (error) {
      const why = messageOf(error);
      notify(`S3 could not tell the event bus of ${change.name} in ${change.bucket}: ${why}`);
    }
  }

  #notificationsOf({ bucket, name, key }: ObjectChange): readonly FunctionNotification[] {
    const all = this.#options.store.find(bucket)?.configuration.notifications ?? [];
    return all.filter(
      ({ events, prefix, suffix }) =>
        events.some((type) => selects(type, name)) &&
        key.startsWith(prefix) &&
        key.endsWith(suffix),
    );
  }

  async #send(
    { id, functionArn }: FunctionNotification,
    change: ObjectChange,
    origin: EventOrigin,
  ): Promise<void> {
    const { account, invoker, notify } = this.#options;
    const sourceArn = bucketArn(account, change.bucket);
    try {
      await invoker.invoke({
        functionName: functionArn,
        payload: JSON.stringify({ Records: [eventRecord(account, sourceArn, id, change, origin)] }),
        invocationType: "Event",
        principal: { kind: "service", service: "s3.amazonaws.com" },
        sourceArn,
      });
    } catch (error) {
      const why = messageOf(error);
      notify(`S3 could not tell ${functionArn} of ${change.name} in ${change.bucket}: ${why}`);
    }
  }

  /** Microseconds since 1970, or one more than the last: it grows over restarts, too. */
  #nextSequencer(now: Date): string {
    this.#lastSequence = Math.max(this.#lastSequence + 1, now.getTime() * 1000);
    return this.#lastSequence.toString(16).toUpperCase().padStart(18, "0");
  }
}
