import type { CheckedResource } from "./resource";
import { at, isKnown, listOf, textOf } from "./values";

/** A cache behavior of a distribution. */
export interface CacheBehavior {
  /** How messages name it. */
  label: string;
  settings: unknown;
}

/** The distribution's cache behaviors, as far as they are known. */
export function cacheBehaviorsOf(distribution: CheckedResource): CacheBehavior[] {
  const ordered = listOf(distribution.get("orderedCacheBehaviors")).map((settings) => ({
    label: `the behavior for ${textOf(at(settings, "pathPattern"))}`,
    settings,
  }));
  const standard = {
    label: "the default behavior",
    settings: distribution.get("defaultCacheBehavior"),
  };
  return [standard, ...ordered].filter(({ settings }) => isKnown(settings));
}
