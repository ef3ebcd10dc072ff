import type { Block, CheckedResource } from "./resource";
import { textOf } from "./values";

/** A cache behavior of a distribution. */
export interface CacheBehavior {
  /** How messages name it. */
  label: string;
  settings: Block;
}

/** The distribution's cache behaviors. */
export function cacheBehaviorsOf(distribution: CheckedResource): CacheBehavior[] {
  const standard = {
    label: "the default behavior",
    settings: distribution.block("defaultCacheBehavior"),
  };
  const ordered = distribution.blocks("orderedCacheBehaviors").map((settings) => ({
    label: `the behavior for ${textOf(settings.declared("pathPattern"))}`,
    settings,
  }));
  return [standard, ...ordered];
}
