import { isBelow } from "./address";

/** How long a list that people come back to may take until it has the link that they left it by, in milliseconds. */
const patienceMs = 3000;

/** What the page showed before its last move; `undefined` at its start, and once somebody has arrived. */
let left: string | undefined;

let stopLooking = (): void => undefined;

addEventListener("hashchange", ({ oldURL }) => {
  left = new URL(oldURL).hash;
  stopLooking();
});

/**
 * Tells that something else is shown, in place of what had the focus: people go on at its top, by keyboard, too. Whoever
 * comes back to a list, from one of what it lists, goes on at that one.
 */
export function arrive(): void {
  const main = document.getElementById("main");
  if (main === null || left === undefined) {
    return;
  }
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
  if (isBelow(left, location.hash)) {
    stopLooking = focusWhenThere(main, left);
  }
  left = undefined;
}

/** Tells that something else is shown beside a list, which keeps the focus: it is seen from its top. */
export function arriveBeside(): void {
  if (left !== undefined) {
    scrollTo(0, 0);
    left = undefined;
  }
}

/** Gives the focus to the link to an address, which may come late. @returns what ends the search for it. */
function focusWhenThere(main: HTMLElement, href: string): () => void {
  const look = (): void => {
    const link = [...main.querySelectorAll("a")].find((a) => a.getAttribute("href") === href);
    if (link?.checkVisibility()) {
      stop();
      link.scrollIntoView({ block: "center" });
      link.focus({ preventScroll: true });
    }
  };
  const observer = new MutationObserver(look);
  const ended = new AbortController();
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    ended.abort();
  };
  const timer = setTimeout(stop, patienceMs);
  // Who does something else meanwhile is left alone.
  for (const name of ["keydown", "pointerdown", "wheel"]) {
    addEventListener(name, stop, { signal: ended.signal, passive: true });
  }
  observer.observe(main, { childList: true, subtree: true });
  look();
  return stop;
}
