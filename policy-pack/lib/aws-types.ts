import { global, taggable } from "../data/aws-types.json";

const taggableTypes: ReadonlySet<string> = new Set(taggable);
const globalTypes: ReadonlySet<string> = new Set(global);

/**
 * Types whose `tags` choose what they are about, and objects of S3, which a team tags where it needs
 * to: they are billed, and found, by their bucket.
 */
const withoutRequiredTags: ReadonlySet<string> = new Set([
  "aws:devopsguru/resourceCollection:ResourceCollection",
  "aws:inspector/resourceGroup:ResourceGroup",
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/objectCopy:ObjectCopy",
]);

/** Types that take tags, and not those that the provider adds: it has none of all to show for them. */
const withOwnTagsOnly: ReadonlySet<string> = new Set(["aws:autoscaling/group:Group"]);

/** Whether every resource of this type is to have tags. */
export function isTaggable(type: string): boolean {
  return taggableTypes.has(type) && !withoutRequiredTags.has(type);
}

/** Whether the provider's default tags reach resources of this type. */
export function takesDefaultTags(type: string): boolean {
  return !withOwnTagsOnly.has(type);
}

/** Whether resources of this type live in one region. */
export function isRegional(type: string): boolean {
  return /^aws:\w+\/\w+:\w+$/.test(type) && !globalTypes.has(type);
}
