/** A request to the origin that has not been answered yet. */
interface Flight<T> {
  key: string;
  url: string;
  result: Promise<T>;
  /** Set once what it brings is out of date already. */
  outdated: boolean;
}

/**
 * Requests to the origin by the keys of the cache, so that simultaneous requests for one object
 * become one.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-traffic-spikes
 */
export class Flights<T> {
  readonly #all = new Set<Flight<T>>();
  readonly #joinable = new Map<string, Flight<T>>();

  /** The result of the request that is under way for `key`, if one is that can be joined. */
  find(key: string): Promise<T> | undefined {
    return this.#joinable.get(key)?.result;
  }

  /**
   * Starts a request; others can join it until it ends, unless another one can be joined already.
   *
   * @param url of the object.
   * @param ask makes the request; `isOutdated` tells later on whether its answer must not be kept.
   */
  start(key: string, url: string, ask: (isOutdated: () => boolean) => Promise<T>): Promise<T> {
    const result = ask(() => flight.outdated).finally(() => {
      this.#end(flight);
    });
    const flight: Flight<T> = { key, url, result, outdated: false };
    this.#all.add(flight);
    if (!this.#joinable.has(key)) {
      this.#joinable.set(key, flight);
    }
    return result;
  }

  /** Lets nobody join the requests for objects whose URL passes, nor keep what they bring. */
  outdate(matches: (url: string) => boolean): void {
    for (const flight of this.#all) {
      if (matches(flight.url)) {
        flight.outdated = true;
        this.#leave(flight);
      }
    }
  }

  #end(flight: Flight<T>): void {
    this.#all.delete(flight);
    this.#leave(flight);
  }

  #leave(flight: Flight<T>): void {
    if (this.#joinable.get(flight.key) === flight) {
      this.#joinable.delete(flight.key);
    }
  }
}
