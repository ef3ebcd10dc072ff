// Where renditions are: in the bucket by these keys, at the edge by the same with a slash in front.
// Imports no SDK, since the program loads it too.

/** What the keys of all renditions begin with. */
export const renditionsRoot = "i/";

/** What the keys of all renditions of an image begin with. */
export function renditionsPrefix(imageId: string): string {
  return `${renditionsRoot}${imageId}/`;
}
