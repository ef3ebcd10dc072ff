import type { Behavior } from "./behavior";
import { Cache } from "./cache";
import type { CacheEntry } from "./cache";
import { compress, negotiate } from "./compression";
import type { Encoding } from "./compression";
import { errorTimeToLive, timeToLive } from "./freshness";
import { askOrigin } from "./s3-origin";
import { select, selectForOrigin } from "./selection";
import type {
  CustomErrorResponse,
  Headers,
  ObjectStore,
  ViewerRequest,
  WholeResponse,
} from "./types";

/** A response, and how CloudFront came by it. */
export interface Fetched {
  response: WholeResponse;
  /** Value of the `X-Cache` header. */
  xCache: string;
  /** Seconds since the origin sent it; only for what was in the cache. */
  ageSeconds?: number;
}

export interface CachedOriginOptions {
  store: ObjectStore;
  clock: () => Date;
  customErrorResponses: readonly CustomErrorResponse[];
}

/** The origins of one distribution, behind its cache. */
export class CachedOrigin {
  readonly #options: CachedOriginOptions;
  readonly #cache = new Cache();

  constructor(options: CachedOriginOptions) {
    this.#options = options;
  }

  /** Answers from the cache if it can, or else from the origin. */
  async fetch(behavior: Behavior, request: ViewerRequest): Promise<Fetched> {
    const encoding = behavior.compress
      ? negotiate(request.headers, behavior.cachePolicy)
      : "identity";
    const key = cacheKey(behavior, request, encoding);
    const entry = this.#cache.get(key);
    const now = this.#options.clock().getTime();
    if (entry !== undefined && now < entry.freshUntil) {
      const ageSeconds = Math.floor((now - entry.storedAt) / 1000);
      return { ...labelled(entry.response, "Hit"), ageSeconds };
    }
    const condition: Headers = entry?.originTag ? { "if-none-match": entry.originTag } : {};
    const fresh = await this.#ask(behavior, request, condition);
    if (entry !== undefined && fresh.status === 304) {
      const headers = { ...entry.response.headers, ...pick(fresh.headers) };
      const response = { ...entry.response, headers };
      this.#keep(key, { ...entry, response }, behavior);
      return labelled(response, "RefreshHit");
    }
    // CloudFront compresses nothing where caching is disabled.
    const compressed = behavior.cachePolicy.maxTtl > 0 ? await compress(fresh, encoding) : fresh;
    if (behavior.cachedMethods.includes(request.method)) {
      const kept = { response: compressed, path: request.path, originTag: fresh.headers.etag };
      this.#keep(key, kept, behavior);
    }
    return labelled(compressed, "Miss");
  }

  /** Forgets all objects whose path passes. */
  invalidate(matches: (path: string) => boolean): void {
    this.#cache.deletePaths(matches);
  }

  #ask(behavior: Behavior, request: ViewerRequest, condition: Headers): Promise<WholeResponse> {
    const { cachePolicy, originRequestPolicy, origin } = behavior;
    const { headers, query } = selectForOrigin(request, cachePolicy, originRequestPolicy);
    return askOrigin(this.#options.store, origin, {
      // The whole object is asked for even by HEAD: the answer serves a GET, too.
      method: request.method === "OPTIONS" ? "OPTIONS" : "GET",
      path: request.path,
      query,
      headers: { ...headers, ...condition },
      secure: request.secure,
    });
  }

  #keep(
    key: string,
    entry: Omit<CacheEntry, "storedAt" | "freshUntil">,
    { cachePolicy }: Behavior,
  ): void {
    const now = this.#options.clock();
    const { status, headers } = entry.response;
    const custom = this.#options.customErrorResponses.find(({ errorCode }) => errorCode === status);
    const ttl =
      status >= 400
        ? errorTimeToLive(status, headers, custom)
        : timeToLive(headers, cachePolicy, now);
    if (ttl === 0) {
      this.#cache.delete(key);
      return;
    }
    const storedAt = now.getTime();
    this.#cache.set(key, { ...entry, storedAt, freshUntil: storedAt + ttl * 1000 });
  }
}

function labelled(response: WholeResponse, kind: "Hit" | "Miss" | "RefreshHit"): Fetched {
  return { response, xCache: `${response.status >= 400 ? "Error" : kind} from cloudfront` };
}

/** What a 304 tells anew. */
function pick(headers: Headers): Headers {
  const told = Object.entries(headers).filter(([name]) =>
    ["cache-control", "expires"].includes(name),
  );
  return Object.fromEntries(told);
}

function cacheKey(behavior: Behavior, request: ViewerRequest, encoding: Encoding): string {
  const { headers, query } = select(request, behavior.cachePolicy);
  const kind = request.method === "OPTIONS" ? "OPTIONS" : "GET";
  return JSON.stringify([kind, request.path, [...query], Object.entries(headers).sort(), encoding]);
}
