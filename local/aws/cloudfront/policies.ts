import type { KeyObject } from "node:crypto";
import { AwsError } from "../aws-error";
import { cachePolicies, originRequestPolicies, responseHeadersPolicies } from "./managed-policies";
import type {
  CachePolicy,
  OriginAccessControl,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from "./types";

/** Things of one kind, by id. */
class Registry<T> {
  readonly #kind: string;
  readonly #changed: () => void;
  readonly #byId: Map<string, T>;

  /**
   * @param kind such as `CachePolicy`; it is part of the error's code.
   * @param changed called when a thing has taken another's place.
   */
  constructor(kind: string, changed: () => void, managed: Readonly<Record<string, T>> = {}) {
    this.#kind = kind;
    this.#changed = changed;
    this.#byId = new Map(Object.entries(managed));
  }

  set(id: string, thing: T): void {
    const isChange = this.#byId.has(id);
    this.#byId.set(id, thing);
    if (isChange) {
      this.#changed();
    }
  }

  /** One that is gone already is no error. */
  delete(id: string): void {
    this.#byId.delete(id);
  }

  /** Ids of the things that pass. */
  idsOf(passes: (thing: T) => boolean): string[] {
    return [...this.#byId].filter(([, thing]) => passes(thing)).map(([id]) => id);
  }

  /** @throws AwsError such as `NoSuchCachePolicy`. */
  get(id: string): T {
    const thing = this.#byId.get(id);
    if (thing === undefined) {
      const message = `The local CloudFront knows no ${this.#kind} with the ID ${id}`;
      throw new AwsError(`NoSuch${this.#kind}`, message, 404);
    }
    return thing;
  }

  /** What has this id, if anything has. */
  peek(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** As `get`, but where no id is given there is nothing to find. */
  find(id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.get(id);
  }
}

/** All that distributions refer to by id: what AWS manages and what was created. */
export class Policies {
  readonly cache: Registry<CachePolicy>;
  readonly originRequest: Registry<OriginRequestPolicy>;
  readonly responseHeaders: Registry<ResponseHeadersPolicy>;
  readonly originAccess: Registry<OriginAccessControl>;
  readonly publicKeys: Registry<KeyObject>;
  /** Ids of the public keys in each group. */
  readonly keyGroups: Registry<readonly string[]>;
  /** The published code of CloudFront Functions, by ARN. */
  readonly functions: Registry<string>;

  /** @param changed called when something is changed that distributions may refer to. */
  constructor(changed: () => void) {
    this.cache = new Registry("CachePolicy", changed, cachePolicies);
    this.originRequest = new Registry("OriginRequestPolicy", changed, originRequestPolicies);
    this.responseHeaders = new Registry("ResponseHeadersPolicy", changed, responseHeadersPolicies);
    this.originAccess = new Registry("OriginAccessControl", changed);
    this.publicKeys = new Registry("PublicKey", changed);
    this.keyGroups = new Registry("KeyGroup", changed);
    this.functions = new Registry("FunctionExists", changed);
  }

  /** The key with this id, if one of the groups has it. */
  trustedKey(groupIds: readonly string[], keyPairId: string): KeyObject | undefined {
    const isTrusted = groupIds.some((id) => this.keyGroups.get(id).includes(keyPairId));
    return isTrusted ? this.publicKeys.get(keyPairId) : undefined;
  }

  /** @throws AwsError `InvalidArgument` for a key that does not exist, or none. */
  setKeyGroup(id: string, keyIds: readonly string[]): void {
    const unknown = keyIds.find((keyId) => this.publicKeys.peek(keyId) === undefined);
    if (unknown !== undefined || keyIds.length === 0) {
      const what =
        unknown === undefined ? "no public key" : `the public key ${unknown}, which does not exist`;
      throw new AwsError("InvalidArgument", `The key group names ${what}`);
    }
    this.keyGroups.set(id, [...keyIds]);
  }

  /** @throws AwsError `PublicKeyInUse` while a key group has it. */
  deletePublicKey(id: string): void {
    const [group] = this.keyGroups.idsOf((keyIds) => keyIds.includes(id));
    if (group !== undefined) {
      throw new AwsError(
        "PublicKeyInUse",
        `The public key ${id} is in the key group ${group}`,
        409,
      );
    }
    this.publicKeys.delete(id);
  }
}
