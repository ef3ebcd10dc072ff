import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * Where the focus goes when what had it goes away with a page, such as the link to the next one: to the heading of
 * what is paged through.
 *
 * @param page tells one page from the others.
 * @returns of a heading that stays, which needs a `tabIndex`.
 */
export function useKeptFocus(page: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef(page);
  useEffect(() => {
    if (last.current !== page && document.activeElement === document.body) {
      heading.current?.focus();
    }
    last.current = page;
  }, [page]);
  return heading;
}
