import type { PageEvents, ToldRun } from "../../api/types";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Those of the run, and `connected`: the page hears of the run from now on, and what came before may have been missed. */
type Names = keyof PageEvents | "connected";

const names: readonly (keyof PageEvents)[] = ["mail", "alarm", "queue", "request", "stack"];

type Listener = (name: Names, data: unknown) => void;

/** The one connection of the page, open while the page can be seen and somebody listens. */
class Connection {
  readonly #listeners = new Set<Listener>();
  readonly #watchers = new Set<(isLive: boolean) => void>();
  #source: EventSource | undefined;
  #isLive = true;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      this.#adjust();
    });
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#adjust();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Tells `watcher` when the run is lost and found. */
  watch(watcher: (isLive: boolean) => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  #adjust(): void {
    if (document.hidden) {
      this.#source?.close();
      this.#source = undefined;
    } else if (this.#source === undefined && this.#listeners.size > 0) {
      this.#source = this.#open();
    }
  }

  #open(): EventSource {
    const source = new EventSource("/api/events");
    source.onopen = () => {
      this.#setLive(true);
      this.#tell("connected", {});
    };
    source.onerror = () => {
      this.#setLive(false);
      if (source.readyState === EventSource.CLOSED) {
        // The browser gives up on an answer other than 200, as of a run that is still starting.
        setTimeout(() => {
          if (this.#source === source) {
            this.#source = undefined;
            this.#adjust();
          }
        }, 1000);
      }
    };
    source.addEventListener("run", ({ data }: MessageEvent<string>) => {
      reloadForRun((JSON.parse(data) as ToldRun).id);
    });
    for (const name of names) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        this.#tell(name, JSON.parse(data));
      });
    }
    return source;
  }

  #tell(name: Names, data: unknown): void {
    for (const listener of this.#listeners) {
      listener(name, data);
    }
  }

  #setLive(isLive: boolean): void {
    this.#isLive = isLive;
    for (const watcher of this.#watchers) {
      watcher(isLive);
    }
  }
}

const connection = new Connection();

/**
 * Another run at the same address has other requests, another token and maybe other services and
 * views: of the last one's page, nothing would be right.
 */
function reloadForRun(id: string): void {
  if (document.querySelector<HTMLMetaElement>('meta[name="page-run"]')?.content !== id) {
    location.reload();
  }
}

/** Calls `listener` when one of the events happens; it need not be the same function each time. */
export function useEvents<Name extends Names>(
  events: readonly Name[],
  listener: (name: Name, data: Name extends keyof PageEvents ? PageEvents[Name] : object) => void,
): void {
  const latest = useRef(listener);
  latest.current = listener;
  const key = events.join();
  useEffect(
    () =>
      connection.listen((name, data) => {
        if (key.split(",").includes(name)) {
          latest.current(name as Name, data as Parameters<typeof listener>[1]);
        }
      }),
    [key],
  );
}

/** Whether the page hears of the run. */
export function useIsLive(): boolean {
  const [isLive, setLive] = useState(connection.isLive);
  // At once: a change before the next frame is not told again.
  useLayoutEffect(() => connection.watch(setLive), []);
  return isLive;
}
