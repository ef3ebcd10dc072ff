import type { RequestContext } from "../iam/types";
import type { Target } from "./call";
import { existingTagContext } from "./context";
import type { Store } from "./store/store";
import { isObject } from "./store/version";

/** The condition keys of the tags that a version of an object has, if there is one. */
export function existingTags(store: Store, target: Target, versionId?: string): RequestContext {
  const version = store.find(target.bucket)?.find(target.key, versionId);
  return version && isObject(version) ? existingTagContext(version.content.tags) : {};
}
