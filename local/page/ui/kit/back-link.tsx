import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { arrive, arriveBeside } from "./arrival";

interface BackLinkProps {
  /** Where the list is. */
  href: string;
  children: ComponentChildren;
}

/**
 * Leads to the list beside which something is shown: seen on screens that have room for one of both. It comes and goes
 * with what is shown (`key`).
 */
export function BackLink({ href, children }: BackLinkProps) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (!link.current?.checkVisibility()) {
      arriveBeside();
      return undefined;
    }
    arrive();
    return () => {
      // Once the list is shown again.
      requestAnimationFrame(arrive);
    };
  }, []);
  return (
    <a ref={link} class="back" href={href}>
      ← {children}
    </a>
  );
}
