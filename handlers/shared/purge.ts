import type { ImagesBucket } from "./images-bucket";
import type { DeletingItem } from "./images-table";
import type { Publication } from "./publication";

/** What removing an image needs. */
export interface PurgeDeps {
  bucket: ImagesBucket;
  publication: Publication;
}

/**
 * Removes whatever has this id: image, renditions, direct upload, with every version of every
 * object. It can be repeated; if it is cut off, the sweep finishes it.
 */
export async function purge(imageId: string, deps: PurgeDeps): Promise<void> {
  const now = new Date();
  const item = await deps.publication.hide(imageId, now);
  if (item) {
    await finishPurge(item, deps, now);
  }
}

/**
 * Removes the objects of an image that is hidden, and then its row. While a write of the upload may
 * still be under way, the row stays, so that the sweep looks again.
 *
 * @param now what counts as now.
 */
export async function finishPurge(
  item: DeletingItem,
  { bucket, publication }: PurgeDeps,
  now: Date,
): Promise<void> {
  for (const prefix of prefixesOf(item)) {
    for await (const versions of bucket.versions(prefix)) {
      // A new attempt at the same upload may have begun. What it stores comes after this look at
      // the row, and so it is not among the versions that were listed before.
      if (!(await publication.isHidden(item))) {
        return;
      }
      await bucket.removeAll(versions);
    }
  }
  if (item.sweepAfter <= now.toISOString()) {
    await publication.forget(item);
  }
}

/** No id is the beginning of another, so these find the objects of this image alone. */
function prefixesOf({ key, stagingKey }: DeletingItem): string[] {
  const withoutExtension = key.slice(0, key.lastIndexOf("."));
  return [withoutExtension, ...(stagingKey === undefined ? [] : [stagingKey])];
}
