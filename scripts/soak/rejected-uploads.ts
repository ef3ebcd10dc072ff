import type { ImageItem } from "../../handlers/images/images-table";
import type { UploadEntry } from "./ledger";
import { isLimited } from "./limits";
import type { StoredVersion } from "./stock";

/** Ids of direct uploads that are no images, as clients are told until they delete them. */
export function rejectedUploads(
  uploads: readonly UploadEntry[],
  rows: readonly ImageItem[],
): ReadonlySet<string> {
  const states = new Map(rows.map(({ imageId, state }) => [imageId, state]));
  const kept = uploads.filter(
    ({ plan, deletion }) => plan.defect !== undefined && deletion !== "acknowledged",
  );
  return new Set(
    kept.flatMap(({ imageId = "" }) => (states.get(imageId) === "rejected" ? imageId : [])),
  );
}

/** Ids of direct uploads that their users have no room for, as clients are told until they delete them. */
export function limitedUploads(
  uploads: readonly UploadEntry[],
  rows: readonly ImageItem[],
): ReadonlySet<string> {
  const rejected = new Set(rows.filter(isLimited).map(({ imageId }) => imageId));
  const kept = uploads.filter(({ deletion }) => deletion !== "acknowledged");
  return new Set(kept.flatMap(({ imageId = "" }) => (rejected.has(imageId) ? imageId : [])));
}

/**
 * Versions but for those of what was ready and has proved to be no image: their objects are hidden under a delete
 * marker, from which they can be recovered for a while.
 */
export function withoutHidden(
  versions: readonly StoredVersion[],
  uploads: readonly UploadEntry[],
  rows: readonly ImageItem[],
): StoredVersion[] {
  const rejected = rejectedUploads(uploads, rows);
  const keys = new Set(
    rows.flatMap((row) =>
      row.state === "rejected" && !row.neverReady && rejected.has(row.imageId) ? row.key : [],
    ),
  );
  const hidden = new Set(
    versions.flatMap(({ key, isDeleteMarker }) => (isDeleteMarker && keys.has(key) ? key : [])),
  );
  return versions.filter(({ key }) => !hidden.has(key));
}
