import type { ImageItem } from "../images/images-table";
import type { Publication } from "../images/publication";
import { type Invalidations } from "./invalidations";
import { renditionsPrefix } from "./rendition-keys";
import type { RenditionsBucket } from "./renditions-bucket";

/** What removing the renditions of images needs. */
export interface RenditionDeps {
  publication: Publication;
  renditions: Pick<RenditionsBucket, "hasAny" | "removeAll">;
  invalidations: Pick<Invalidations, "invalidate">;
}

/** A row that may say that caches have renditions of the image which are removed already. */
export type OwingItem = Exclude<ImageItem, { state: "pending" }>;

/**
 * Removes the renditions of an image from the bucket. That there were any is noted in its row, until
 * the edge has forgotten them.
 *
 * @returns whether the edge is to forget any.
 */
export async function removeRenditions(
  item: OwingItem,
  { publication, renditions }: RenditionDeps,
): Promise<boolean> {
  if (!item.invalidationOwed && !(await renditions.hasAny(item.imageId))) {
    return false;
  }
  // Before they are removed: nothing else tells afterwards that there were any. Where that cannot be
  // noted, whoever has changed the image must find them.
  if (!(await publication.oweInvalidation(item, true))) {
    return false;
  }
  await renditions.removeAll(item.imageId);
  return true;
}

/**
 * Removes the renditions of an image, and makes the edge forget them. It can be repeated.
 *
 * @returns "throttled" when the edge has too much to forget already.
 */
export async function clearRenditions(
  item: OwingItem,
  deps: RenditionDeps,
): Promise<"cleared" | "throttled"> {
  if (await removeRenditions(item, deps)) {
    if ((await deps.invalidations.invalidate([pathsOf(item)])) === "throttled") {
      return "throttled";
    }
    await deps.publication.oweInvalidation(item, false);
  }
  return "cleared";
}

/** The paths at the edge of all renditions of an image. */
export function pathsOf({ imageId }: { imageId: string }): string {
  return `/${renditionsPrefix(imageId)}*`;
}
