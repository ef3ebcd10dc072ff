import { AwsError } from "../aws-error";
import { cachePolicies, originRequestPolicies, responseHeadersPolicies } from "./managed-policies";
import type {
  CachePolicy,
  OriginAccessControl,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from "./types";

/** Things of one kind, by id. */
export class Registry<T> {
  readonly #kind: string;
  readonly #byId: Map<string, T>;

  /** @param kind such as `CachePolicy`; it is part of the error's code. */
  constructor(kind: string, managed: Readonly<Record<string, T>> = {}) {
    this.#kind = kind;
    this.#byId = new Map(Object.entries(managed));
  }

  set(id: string, thing: T): void {
    this.#byId.set(id, thing);
  }

  /** One that is gone already is no error. */
  delete(id: string): void {
    this.#byId.delete(id);
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

  /** As `get`, but where no id is given there is nothing to find. */
  find(id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.get(id);
  }
}

/** All that distributions refer to by id: what AWS manages and what was created. */
export class Policies {
  readonly cache = new Registry<CachePolicy>("CachePolicy", cachePolicies);
  readonly originRequest = new Registry<OriginRequestPolicy>(
    "OriginRequestPolicy",
    originRequestPolicies,
  );
  readonly responseHeaders = new Registry<ResponseHeadersPolicy>(
    "ResponseHeadersPolicy",
    responseHeadersPolicies,
  );
  readonly originAccess = new Registry<OriginAccessControl>("OriginAccessControl");
}
