import { useLayoutEffect, useState } from "preact/hooks";
import { parseRoute, type Route } from "./address";

/**
 * Goes to an address that `hrefTo` made.
 *
 * @param replace leaves no step back to where the page is now: for filters, and for what closes. `@default` false
 */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) {
    location.replace(href);
  } else {
    location.assign(href);
  }
}

/** Where the page is, kept up to date. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  // At once: a change before the next frame is not told again.
  useLayoutEffect(() => {
    const update = () => {
      setRoute(parseRoute(location.hash));
    };
    addEventListener("hashchange", update);
    return () => {
      removeEventListener("hashchange", update);
    };
  }, []);
  return route;
}
