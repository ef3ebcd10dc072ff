import { global, taggable } from "../data/aws-types.json";

const taggableTypes: ReadonlySet<string> = new Set(taggable);
const globalTypes: ReadonlySet<string> = new Set(global);

/** Whether AWS can tag resources of this type. */
export function isTaggable(type: string): boolean {
  return taggableTypes.has(type);
}

/** Whether resources of this type live in one region. */
export function isRegional(type: string): boolean {
  return /^aws:\w+\/\w+:\w+$/.test(type) && !globalTypes.has(type);
}
