import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { Account } from "../types";
import type {
  UploadAuthenticator,
  AuthorizationRequest,
  Authorizer,
  ChunkVerifier,
  Principal,
  RequestContext,
} from "../iam/types";
import { accessDenied } from "./errors";
import { header } from "./headers";
import type { Keys } from "./keys";
import type { EventInvoker } from "./notifications/configuration";
import { principalId } from "./notifications/event-record";
import type { ObjectChange } from "./notifications/event-record";
import type { EventName } from "./notifications/event-types";
import type { Notifications } from "./notifications/notifications";
import { isPublicPolicy } from "./public-policy";
import type { Reply } from "./reply";
import type { Bucket } from "./store/bucket";
import type { Store } from "./store/store";
import type { ObjectVersion } from "./store/version";

/** What actions act with. */
export interface Environment {
  account: Account;
  store: Store;
  authenticator: UploadAuthenticator;
  authorizer: Authorizer;
  keys: Keys;
  invoker: EventInvoker;
  notifications: Notifications;
  clock: () => Date;
  /** Bytes that one upload or one part may have. */
  maxObjectBytes: number;
}

/** What a call asks for. */
export interface CallRequest {
  /**
   * Finds out who calls.
   *
   * @throws AwsError when the signature does not hold.
   */
  identify: () => Principal;
  method: string;
  /** Empty for calls to the service itself. */
  bucket: string;
  /** Empty for calls to the bucket itself. */
  key: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Readable;
  context: RequestContext;
  /** Performs an operation, or what a fault makes of it; see {@link FaultPoint}. */
  faultPoint: (operation: string, perform: () => Promise<Reply>) => Promise<Reply>;
  /** Where the chunks of the body are signed. */
  chunkVerifier?: () => ChunkVerifier;
}

/** An object, a bucket if the key is empty, or everything if the bucket is empty too. */
export interface Target {
  bucket: string;
  key: string;
}

type Extra = Pick<AuthorizationRequest, "context" | "occasion">;

/** One call, and the checks that actions make on it. */
export class Call {
  readonly request: CallRequest;
  readonly environment: Environment;
  /** What the call has done to objects: subscribers are told before the caller is answered. */
  readonly changes: ObjectChange[];
  #principal: Principal = { kind: "anonymous" };

  /** @param changes of the call that this one stands in for. */
  constructor(request: CallRequest, environment: Environment, changes: ObjectChange[] = []) {
    this.request = request;
    this.environment = environment;
    this.changes = changes;
  }

  /** Who calls; nobody is known before {@link identify}. */
  get principal(): Principal {
    return this.#principal;
  }

  /** @throws AwsError when the signature does not hold. */
  identify(): void {
    this.#principal = this.request.identify();
  }

  get key(): string {
    return this.request.key;
  }

  get query(): URLSearchParams {
    return this.request.query;
  }

  /** @throws S3Error `NoSuchBucket`. */
  get bucket(): Bucket {
    return this.environment.store.bucket(this.request.bucket);
  }

  get now(): Date {
    return this.environment.clock();
  }

  header(name: string): string | undefined {
    return header(this.request.headers, name);
  }

  /** Notes that the call has just written or removed `version`. */
  changed(bucket: Bucket, name: EventName, version: ObjectVersion): void {
    const { notifications, account } = this.environment;
    const by = principalId(this.#principal, account);
    this.changes.push(notifications.change(bucket, name, version, by));
  }

  /**
   * @param action such as `s3:GetObject`.
   * @param extra adds to the context of the call, or says why S3 asks what nobody called.
   * @throws S3Error `AccessDenied`.
   */
  authorize(action: string, target: Target = this.request, extra: Extra = {}): void {
    const refusal = this.#refusal(action, target, extra);
    if (refusal !== undefined) {
      throw accessDenied(refusal);
    }
  }

  allows(action: string, target: Target = this.request): boolean {
    return this.#refusal(action, target) === undefined;
  }

  #refusal(action: string, target: Target, extra: Extra = {}): string | undefined {
    const { principal } = this;
    const configuration = this.environment.store.find(target.bucket)?.configuration;
    const policy = configuration?.policy;
    const restricted = configuration?.publicAccessBlock?.restrictPublicBuckets === true;
    if (principal.kind === "anonymous" && restricted && policy && isPublicPolicy(policy)) {
      return "Access Denied";
    }
    const resource = arnOf(this.environment.account, target);
    const question = { principal, action, resource };
    const decision = this.environment.authorizer.authorize({
      ...question,
      ...(policy && { resourcePolicy: policy }),
      ...extra,
      context: { ...this.request.context, ...extra.context },
    });
    if (decision.allowed) {
      return undefined;
    }
    return principal.kind === "anonymous"
      ? "Access Denied"
      : accessDeniedMessage({ ...question, resource: `"${resource}"` }, decision);
  }
}

/** Such as `arn:aws:s3:::bucket/key`. */
function arnOf(account: Account, target: Target): string {
  const resource = target.key === "" ? target.bucket || "*" : `${target.bucket}/${target.key}`;
  return `arn:${account.partition}:s3:::${resource}`;
}
