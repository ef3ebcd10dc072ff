import { parseTarget, type Target } from "./pipeline/begin-exchange";
import type { RestApi, Stage } from "./state";

/** What serves a request, and what of its path is left for it. */
export interface Place {
  api: RestApi;
  stage: Stage;
  target: Target;
}

/** Finds what serves a request by its URL's path, or nothing where there is no such stage. */
export type Locate = (url: string) => Place | undefined;

/** By the stage that the path begins with, as at an API's own address. */
export function byStage(api: RestApi | undefined, url: string): Place | undefined {
  const target = parseTarget(url);
  const stage = api?.stages.get(target.stageName);
  return api && stage && { api, stage, target };
}
