import type { ApiRoute } from "../api-routes";
import type { PageSources } from "../sources";
import type { GrantsAnswer } from "./types";

/** What each role is granted, and what it has used. */
export function grantRoutes({ grants }: Pick<PageSources, "grants">): ApiRoute[] {
  return [
    { method: "GET", path: "/api/grants", answer: (): GrantsAnswer => ({ roles: grants() }) },
  ];
}
