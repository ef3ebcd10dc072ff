import {
  type OwingItem,
  pathsOf,
  removeRenditions,
  type RenditionDeps,
} from "../renditions/clear-renditions";
import { maxWildcardPaths } from "../renditions/invalidations";
import { renditionsRoot } from "../renditions/rendition-keys";
import type { ImagesBucket } from "./images-bucket";
import type { DeletingItem, ImageItem } from "./images-table";
import type { Publication } from "./publication";

/** What hiding an image and removing its original needs. */
export interface HidingDeps {
  bucket: ImagesBucket;
  publication: Publication;
}

/** What removing an image needs. */
export interface PurgeDeps extends HidingDeps, RenditionDeps {}

/**
 * Removes whatever has this id: image, renditions, direct upload, with every version of every
 * object. It can be repeated; what it cannot finish, the sweep finishes.
 *
 * @param isMeant tells of its row whether it is to go. `@default` it is
 * @returns whether there was anything.
 */
export async function purge(
  imageId: string,
  deps: PurgeDeps,
  isMeant?: (item: ImageItem) => boolean,
): Promise<boolean> {
  const now = new Date();
  const item = await deps.publication.hide(imageId, now, isMeant);
  if (!item) {
    return false;
  }
  const removal = await removeObjects(item, deps);
  if (removal === "removed") {
    await forget(item, deps, now);
  } else if (removal === "invalidation owed") {
    await invalidate([item], deps, now);
  }
  return true;
}

/** What came of removing objects. An image that was taken over is being uploaded anew. */
export type Removal = "removed" | "invalidation owed" | "taken over";

/** Removes the objects of an image that is hidden. */
export async function removeObjects(item: DeletingItem, deps: PurgeDeps): Promise<Removal> {
  if ((await removeOriginal(item, deps)) === "taken over") {
    return "taken over";
  }
  return (await removeRenditions(item, deps)) ? "invalidation owed" : "removed";
}

/** Removes every version of the original of an image that is hidden, and of what it was made of. */
export async function removeOriginal(
  item: DeletingItem,
  { bucket, publication }: HidingDeps,
): Promise<"removed" | "taken over"> {
  for (const prefix of prefixesOf(item)) {
    for await (const versions of bucket.versions(prefix)) {
      // A new attempt at the same upload may have begun. What it stores comes after this look at
      // the row, and so it is not among the versions that were listed before.
      if (!(await publication.isHidden(item))) {
        return "taken over";
      }
      await bucket.removeAll(versions);
    }
  }
  return "removed";
}

/**
 * Makes the edge forget the renditions of images, and removes the rows of those that are hidden. Where
 * the edge has too much to forget already, the sweep will try it again.
 *
 * @param now what counts as now.
 */
export async function invalidate(
  items: readonly OwingItem[],
  deps: PurgeDeps,
  now: Date,
): Promise<"accepted" | "throttled"> {
  const outcome = await deps.invalidations.invalidate(
    // What the edge forgets needlessly, it gets from the bucket again.
    items.length > maxWildcardPaths ? [allRenditions] : items.map(pathsOf),
  );
  if (outcome === "accepted") {
    for (const item of items) {
      await finish(item, deps, now);
    }
  }
  return outcome;
}

async function finish(item: OwingItem, deps: PurgeDeps, now: Date): Promise<void> {
  if (item.state !== "deleting") {
    await deps.publication.refreshed(item);
    return;
  }
  await deps.publication.oweInvalidation(item, false);
  await forget(item, deps, now);
}

/**
 * Removes the row of an image whose objects are removed. While a write of any may still be under
 * way, it stays, so that the sweep looks again.
 *
 * @param now what counts as now.
 */
export async function forget(
  item: DeletingItem,
  { publication }: PurgeDeps,
  now: Date,
): Promise<void> {
  if (item.sweepAfter <= now.toISOString()) {
    await publication.forget(item);
  }
}

/** The paths at the edge of the renditions of all images. */
const allRenditions = `/${renditionsRoot}*`;

/** No id is the beginning of another, so these find the objects of this image alone. */
function prefixesOf({ key, stagingKey }: DeletingItem): string[] {
  const withoutExtension = key.slice(0, key.lastIndexOf("."));
  return [withoutExtension, ...(stagingKey === undefined ? [] : [stagingKey])];
}
