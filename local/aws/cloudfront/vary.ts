import type { Headers } from "./types";

/** The value of the `Vary` header once responses depend on the request's header `name`, too. */
export function addToVary({ vary }: Headers, name: string): string {
  return vary === undefined ? name : `${vary}, ${name}`;
}
