import type { Behavior } from "./behavior";
import { Cache } from "./cache";
import type { CacheEntry } from "./cache";
import { cacheKeyOf } from "./cache-key";
import type { CacheKey } from "./cache-key";
import { compress, normalizedEncodings, preferredEncoding } from "./compression";
import { errorPage } from "./error-page";
import { Flights } from "./flights";
import { errorTimeToLive, timeToLive } from "./freshness";
import { OriginFailure } from "./origin-failure";
import { forwardable } from "./origin-headers";
import { selectForOrigin } from "./selection";
import type { CustomErrorResponse, Headers, ViewerRequest, WholeResponse } from "./types";
import { withKnownVary } from "./vary";

/** A response, and how CloudFront came by it. */
export interface Fetched {
  response: WholeResponse;
  /** Value of the `X-Cache` header. */
  xCache: string;
  /** Seconds since the origin sent it; only for what was in the cache. */
  ageSeconds?: number;
}

/** What to get, and by which configuration. */
export interface Fetch {
  behavior: Behavior;
  request: ViewerRequest;
  customErrorResponses: readonly CustomErrorResponse[];
}

/** A request that the cache could not answer at once. */
interface Load extends Fetch, CacheKey {
  /** As CloudFront normalises `Accept-Encoding`. */
  encodings: string;
}

/** The origins of one distribution, behind its cache. */
export class CachedOrigin {
  readonly #clock: () => Date;
  readonly #notify: (line: string) => void;
  readonly #cache = new Cache();
  readonly #flights = new Flights<Fetched>();

  constructor({ clock, notify }: { clock: () => Date; notify: (line: string) => void }) {
    this.#clock = clock;
    this.#notify = notify;
  }

  /**
   * Answers from the cache if it can, or else from the origin. Requests for one object that come
   * while the origin is asked wait for its answer; where that may not be kept, each asks for itself.
   */
  async fetch(fetch: Fetch): Promise<Fetched> {
    const { behavior, request } = fetch;
    const encodings = normalizedEncodings(request.headers, behavior.cachePolicy);
    const { key, url } = cacheKeyOf(behavior, request, encodings);
    const hit = this.#hit(key);
    if (hit !== undefined) {
      return hit;
    }
    const load = { ...fetch, key, url, encodings };
    const other = isCached(fetch) ? this.#flights.find(key) : undefined;
    if (other !== undefined) {
      await other.catch(() => undefined);
      const brought = this.#hit(key);
      if (brought !== undefined) {
        return brought;
      }
    }
    return await this.#flights.start(key, url, (isOutdated) => this.#load(load, isOutdated));
  }

  /** Forgets all objects whose URL passes, those too that are on their way from the origin. */
  invalidate(matches: (url: string) => boolean): void {
    this.#cache.deleteUrls(matches);
    this.#flights.outdate(matches);
  }

  #hit(key: string): Fetched | undefined {
    const entry = this.#cache.get(key);
    const now = this.#clock().getTime();
    if (entry === undefined || now >= entry.freshUntil) {
      return undefined;
    }
    const ageSeconds = Math.floor((now - entry.storedAt) / 1000);
    return { ...labelled(entry.response, "Hit"), ageSeconds };
  }

  async #load(load: Load, isOutdated: () => boolean): Promise<Fetched> {
    const { behavior, key, url, encodings } = load;
    const entry = this.#cache.get(key);
    const fresh = await this.#ask(load, entry?.condition ?? {});
    const keep = (kept: CacheEntry) => {
      if (!isOutdated() && isCached(load)) {
        this.#cache.set(kept);
      }
    };
    if (entry !== undefined && fresh.status === 304) {
      const headers = { ...entry.response.headers, ...toldAnew(fresh.headers) };
      const response = { ...entry.response, headers };
      this.#keep({ ...entry, response }, secondsToKeep(response, load, this.#clock()), keep);
      return labelled(response, "RefreshHit");
    }
    if (entry !== undefined && fresh.status >= 500 && entry.response.status < 400) {
      return this.#stale(entry, fresh, load, keep);
    }
    const response = await this.#forViewers(fresh, behavior, encodings);
    const kept = { key, url, response, condition: conditionOf(fresh.headers) };
    this.#keep(kept, secondsToKeep(fresh, load, this.#clock()), keep);
    return labelled(response, "Miss");
  }

  /** What has expired is better than an error of the origin, for as long as that would be kept. */
  #stale(
    entry: CacheEntry,
    error: WholeResponse,
    load: Load,
    keep: (entry: CacheEntry) => void,
  ): Fetched {
    const now = this.#clock().getTime();
    keep({ ...entry, freshUntil: now + secondsToKeep(error, load, this.#clock()) * 1000 });
    const ageSeconds = Math.floor((now - entry.storedAt) / 1000);
    return { ...labelled(entry.response, "Hit"), ageSeconds };
  }

  async #ask(load: Load, condition: Headers): Promise<WholeResponse> {
    const { behavior, request, encodings } = load;
    const { cachePolicy, originRequestPolicy, origin } = behavior;
    const { headers, query } = selectForOrigin(request, cachePolicy, originRequestPolicy);
    try {
      return await origin.ask({
        method: request.method === "OPTIONS" ? "OPTIONS" : "GET",
        path: request.path,
        query,
        headers: {
          ...forwardable(headers),
          ...(encodings !== "" && { "accept-encoding": encodings }),
          ...condition,
        },
        secure: request.secure,
        viewerAddress: request.address,
      });
    } catch (error) {
      if (!(error instanceof OriginFailure)) {
        throw error;
      }
      this.#notify(`CloudFront: the origin of ${request.path} failed: ${error.message}`);
      return errorPage(error.status, "We can't connect to the server for this app or website.");
    }
  }

  async #forViewers(
    response: WholeResponse,
    behavior: Behavior,
    encodings: string,
  ): Promise<WholeResponse> {
    const { cookies, ...others } = response;
    const headers = withKnownVary(response.headers, behavior);
    const isForwarded = [behavior.cachePolicy, behavior.originRequestPolicy].some(
      (policy) => policy !== undefined && policy.cookies.behavior !== "none",
    );
    const visible = { ...others, headers, ...(isForwarded && cookies && { cookies }) };
    // CloudFront compresses nothing where caching is disabled.
    return behavior.compress && behavior.cachePolicy.maxTtl > 0
      ? await compress(visible, preferredEncoding(encodings))
      : visible;
  }

  #keep(
    entry: Omit<CacheEntry, "storedAt" | "freshUntil">,
    seconds: number,
    keep: (entry: CacheEntry) => void,
  ): void {
    if (seconds === 0) {
      this.#cache.delete(entry.key);
      return;
    }
    const storedAt = this.#clock().getTime();
    keep({ ...entry, storedAt, freshUntil: storedAt + seconds * 1000 });
  }
}

/** Whether responses to requests of this method are kept at all, and simultaneous ones made one. */
function isCached({ behavior, request }: Fetch): boolean {
  return behavior.cachePolicy.maxTtl > 0 && behavior.cachedMethods.includes(request.method);
}

function secondsToKeep(
  { status, headers }: WholeResponse,
  { customErrorResponses, behavior }: Fetch,
  now: Date,
): number {
  return status >= 400
    ? errorTimeToLive(
        status,
        headers,
        customErrorResponses.find(({ errorCode }) => errorCode === status),
      )
    : timeToLive(headers, behavior.cachePolicy, now);
}

function labelled(response: WholeResponse, kind: "Hit" | "Miss" | "RefreshHit"): Fetched {
  return { response, xCache: `${response.status >= 400 ? "Error" : kind} from cloudfront` };
}

/** What asks the origin whether the object has changed since. */
function conditionOf(headers: Headers): Headers {
  const { etag, "last-modified": lastModified } = headers;
  if (etag !== undefined) {
    return { "if-none-match": etag };
  }
  return lastModified === undefined ? {} : { "if-modified-since": lastModified };
}

/** What a 304 tells anew. */
function toldAnew(headers: Headers): Headers {
  const told = Object.entries(headers).filter(([name]) =>
    ["cache-control", "expires"].includes(name),
  );
  return Object.fromEntries(told);
}
