/** Where the page is: what its address has after `#`. */
export interface Route {
  /** Id of the view; empty at the page's start. */
  view: string;
  path: readonly string[];
  query: URLSearchParams;
}

/** Reads an address as `#/images/abc?user=ada`. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view = "", ...rest] = path.split("/").map(decode);
  return {
    view,
    path: rest.filter((segment) => segment !== ""),
    query: new URLSearchParams(query),
  };
}

/** Whether one address is of something that is listed at another one. */
export function isBelow(hash: string, list: string): boolean {
  const [one, all] = [parseRoute(hash), parseRoute(list)];
  return (
    // The page starts with a view that has an address of its own, too.
    (all.view === "" || all.view === one.view) &&
    one.path.length > all.path.length &&
    all.path.every((segment, at) => segment === one.path[at])
  );
}

/** Address of a place in a view: for links, and for {@link navigate}. Empty values of `query` are left out. */
export function hrefTo(
  view: string,
  path: readonly string[] = [],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const pairs = Object.entries(query).filter(([, value]) => value) as [string, string][];
  const search = new URLSearchParams(pairs).toString();
  const segments = [view, ...path].map(encodeURIComponent).join("/");
  return `#/${segments}${search && `?${search}`}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Typed by hand: taken as it is.
    return segment;
  }
}
