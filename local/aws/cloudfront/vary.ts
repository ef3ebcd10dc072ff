import type { Behavior } from "./behavior";
import type { Headers, Selection } from "./types";

/** The value of the `Vary` header once responses depend on the request's header `name`, too. */
export function addToVary({ vary }: Headers, name: string): string {
  return vary === undefined ? name : `${vary}, ${name}`;
}

/** Whether an origin says that no two requests get the same response. */
export function variesByAnything({ vary }: Headers): boolean {
  return vary !== undefined && namesIn(vary).includes("*");
}

/**
 * The headers of a response for viewers, to whom `Vary` names only what the origin can see.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#ResponseCustomRemovedHeaders
 */
export function withKnownVary(headers: Headers, behavior: Behavior): Headers {
  const { vary, ...others } = headers;
  if (vary === undefined) {
    return headers;
  }
  const selections = [behavior.cachePolicy.headers, behavior.originRequestPolicy?.headers];
  const kept = namesIn(vary).filter((name) => {
    const lower = name.toLowerCase();
    return (
      ["accept-encoding", "cookie"].includes(lower) ||
      selections.some((selection) => selection && names(selection, lower))
    );
  });
  return kept.length > 0 ? { ...others, vary: kept.join(", ") } : others;
}

function names({ behavior, items }: Selection, name: string): boolean {
  const isListed = items.some((item) => item.toLowerCase() === name);
  return behavior === "all" || (behavior === "allExcept" ? !isListed : isListed);
}

function namesIn(vary: string): string[] {
  return vary.split(",").map((name) => name.trim());
}
