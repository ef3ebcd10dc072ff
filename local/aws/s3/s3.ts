import path from "node:path";
import { Readable } from "node:stream";
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { faultPoint } from "../fault-point";
import type { UploadAuthenticator, Authorizer, Principal, RequestContext } from "../iam/types";
import { ServicePort } from "../service-port";
import type { Service, ServiceBus, ServiceOptions } from "../types";
import { checkedChange } from "./bucket-change";
import type { BucketChange } from "./bucket-change";
import { Call } from "./call";
import type { CallRequest, Environment } from "./call";
import { requestContext } from "./context";
import type { Keys } from "./keys";
import { requireDeletable, requireUnlocked } from "./delete-bucket";
import { perform } from "./dispatch";
import { refusals } from "./errors";
import { Lifecycle } from "./lifecycle/lifecycle";
import type { EventInvoker } from "./notifications/configuration";
import { Notifications } from "./notifications/notifications";
import type { ReplyHeaders } from "./reply";
import { createS3Server } from "./server";
import { checkBucketName } from "./store/bucket-names";
import { newBucketConfiguration } from "./store/configuration";
import type { BucketConfiguration } from "./store/configuration";
import { Store } from "./store/store";

export interface S3Options extends ServiceOptions {
  authenticator: UploadAuthenticator;
  authorizer: Authorizer;
  keys: Keys;
  /** Invokes the functions that notifications name. */
  invoker: EventInvoker;
  /** Takes the events of buckets that say so. Default: nobody listens. */
  bus?: ServiceBus;
  /** Milliseconds between two looks for what lifecycle rules expire. Default: an hour. */
  lifecycleIntervalMs?: number;
  /** Bytes that one upload or one part may have. Default 5 GiB, as on AWS. */
  maxObjectBytes?: number;
}

/** A call from within the local cloud, such as CloudFront's; its sender is trusted to be `principal`. */
export interface InternalRequest {
  principal: Principal;
  method: "GET" | "HEAD" | "OPTIONS" | "PUT";
  bucket: string;
  /** Not encoded. */
  key: string;
  /** By lower-case name. */
  headers: IncomingHttpHeaders;
  query?: URLSearchParams;
  body?: Buffer;
  /** Such as `aws:SourceArn`. */
  context?: RequestContext;
}

/** What S3 answers to a call from within the local cloud. */
export interface InternalReply {
  status: number;
  /** By lower-case name. */
  headers: ReplyHeaders;
  /** To be read to its end or destroyed when it is a stream. */
  body: Buffer | Readable;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
const maxPutBytes = 5 * 1024 ** 3;

const hourMs = 60 * 60 * 1000;

/**
 * Amazon S3 on this machine: buckets, objects, versions, Object Lock, multipart uploads, conditions,
 * CORS, policies, lifecycle rules and notifications, over REST and from within the process.
 *
 * Every request is authenticated and authorised. Two ports stand for S3's two: `url` for HTTPS and
 * `plainUrl` for HTTP, though both speak plain HTTP, so that policies that demand TLS do what they
 * say. What is not emulated, such as replication or ACLs, answers 501 or is kept without effect where
 * {@link BucketConfiguration} says so.
 */
export class S3 implements Service {
  readonly #environment: Environment;
  readonly #notify: (line: string) => void;
  readonly #store: Store;
  readonly #lifecycle: Lifecycle;
  readonly #secure: ServicePort;
  readonly #plain: ServicePort;

  constructor(options: S3Options) {
    const { account, authenticator, authorizer, bus, clock, invoker, keys, notify } = options;
    this.#notify = notify;
    this.#store = new Store(path.join(options.dataDir, "buckets"));
    this.#environment = {
      account,
      authenticator,
      authorizer,
      clock,
      invoker,
      keys,
      notifications: new Notifications({
        account,
        store: this.#store,
        invoker,
        bus,
        notify,
        clock,
      }),
      store: this.#store,
      maxObjectBytes: options.maxObjectBytes ?? maxPutBytes,
    };
    this.#lifecycle = new Lifecycle({
      ...this.#environment,
      notify,
      intervalMs: options.lifecycleIntervalMs ?? hourMs,
    });
    const server = {
      environment: this.#environment,
      faultPoint: faultPoint("s3", options, refusals),
      notify,
    };
    const secure = createS3Server({ ...server, secure: true });
    this.#secure = new ServicePort(secure, "s3", "S3", options);
    const plain = createS3Server({ ...server, secure: false });
    this.#plain = new ServicePort(plain, "s3-plain", "S3 without TLS", options);
  }

  /** Answers requests of SDKs that arrived elsewhere, as on {@link url}. */
  get answer(): RequestListener {
    return this.#secure.answer;
  }

  /** Stands for port 443. */
  get url(): string {
    return this.#secure.url;
  }

  /** Stands for port 80. */
  get plainUrl(): string {
    return this.#plain.url;
  }

  /** @throws Error when what is on the disk cannot be read. */
  async start(): Promise<void> {
    this.#store.open();
    await this.#secure.open();
    await this.#plain.open();
    this.#lifecycle.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#secure.close(), this.#plain.close(), this.#lifecycle.stop()]);
  }

  /**
   * Creates a bucket, or adopts the one of that name with all that is in it. Either way its
   * configuration is a new bucket's, but that versioning and Object Lock stay on once they were.
   *
   * @throws S3Error `InvalidBucketName`.
   */
  createBucket(name: string, options: { objectLockEnabled?: boolean } = {}): void {
    checkBucketName(name);
    const bucket = this.#store.find(name) ?? this.#store.create(name, this.#environment.clock());
    const { versioning, objectLock } = bucket.configuration;
    const locked = options.objectLockEnabled === true || objectLock !== undefined;
    bucket.reset({
      ...newBucketConfiguration,
      ...(versioning && { versioning }),
      ...(locked && { versioning: "Enabled", objectLock: {} }),
    });
  }

  /** Whether there is a bucket of that name. */
  hasBucket(name: string): boolean {
    return this.#store.find(name) !== undefined;
  }

  /** @throws S3Error `NoSuchBucket`. */
  bucketConfiguration(name: string): Readonly<BucketConfiguration> {
    return this.#store.bucket(name).configuration;
  }

  /**
   * Deletes a bucket; one that is gone already is no error.
   *
   * @param force also deletes what is in it, as its owner may: what is held back or retained in
   * governance mode, too.
   * @throws S3Error `BucketNotEmpty`, `AccessDenied` for what is retained in compliance mode; then
   * nothing is deleted.
   */
  deleteBucket(name: string, { force }: { force: boolean }): void {
    const bucket = this.#store.find(name);
    if (bucket) {
      requireDeletable(bucket, force, this.#environment.clock());
      this.#store.delete(bucket);
    }
  }

  /**
   * Fails as {@link S3.deleteBucket} would.
   *
   * @param goneBefore keys of objects that will be deleted before.
   */
  requireDeletable(
    name: string,
    { force, goneBefore }: { force: boolean; goneBefore: ReadonlySet<string> },
  ): void {
    const bucket = this.#store.find(name);
    if (bucket) {
      requireDeletable(bucket, force, this.#environment.clock(), goneBefore);
    }
  }

  /**
   * How many objects a bucket has, those included of which nothing but older versions is left.
   *
   * @param except keys of objects that do not count.
   */
  objectCount(name: string, except: ReadonlySet<string> = new Set()): number {
    const versions = this.#store.find(name)?.versions() ?? [];
    const keys = new Set(versions.map(({ key }) => key));
    return [...keys].filter((key) => !except.has(key)).length;
  }

  /**
   * Deletes all versions of an object; of one that is gone there is none.
   *
   * @param force as of {@link S3.deleteBucket}.
   * @throws S3Error `AccessDenied` for what is locked.
   */
  deleteObject(name: string, key: string, { force }: { force: boolean }): void {
    const bucket = this.#store.find(name);
    const versions = bucket?.versionsOf(key) ?? [];
    for (const version of versions) {
      requireUnlocked(version, force, this.#environment.clock());
    }
    for (const version of versions) {
      bucket?.remove(version);
    }
  }

  /**
   * Changes the configuration of a bucket, as S3's various `PutBucket…` operations do.
   *
   * @throws S3Error `NoSuchBucket`, and what those operations answer to a bad configuration.
   */
  configureBucket(name: string, change: BucketChange): void {
    const bucket = this.#store.bucket(name);
    const checked = checkedChange(this.#environment, bucket, change);
    if (change.logging && !bucket.configuration.logging) {
      const { targetBucket } = change.logging;
      this.#notify(
        `AWS alone delivers access logs of the bucket ${name} to ${targetBucket}: none is written here.`,
      );
    }
    bucket.configure(checked);
  }

  /** Removes what lifecycle rules expire, now. */
  async applyLifecycle(): Promise<void> {
    await this.#lifecycle.run();
  }

  /** Performs a call that comes from within the process. Errors are replies, as over HTTP. */
  async handle(request: InternalRequest): Promise<InternalReply> {
    const { body = Buffer.alloc(0), query = new URLSearchParams() } = request;
    const headers = { ...request.headers, "content-length": String(body.length) };
    const call: CallRequest = {
      identify: () => request.principal,
      method: request.method,
      bucket: request.bucket,
      key: request.key,
      headers,
      query,
      body: Readable.from([body]),
      faultPoint: (_operation, perform) => perform(),
      context: {
        "aws:SecureTransport": "true",
        ...requestContext(headers, query, this.#environment.clock()),
        ...request.context,
      },
    };
    const reply = await perform(() => new Call(call, this.#environment), this.#notify);
    const content = (request.method === "HEAD" ? undefined : reply.body) ?? "";
    return {
      status: reply.status,
      headers: reply.headers ?? {},
      body: typeof content === "string" ? Buffer.from(content) : content,
    };
  }
}
