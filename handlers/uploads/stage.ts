import { anyone } from "../users/caller";
import { begin, checked, type IngestDeps, outcomeUnknown, undo, type Upload } from "./ingest";
import { stagingPrefix, type UploadStatus } from "./uploads";

/** An upload whose image is there once a scan has found nothing in its file. */
export type Staged = UploadStatus & { uploadId: string };

/**
 * Checks an image, and stores it where direct uploads arrive: its row first, which shows nothing yet, then the object,
 * of which `finalise-upload` makes an image once it is scanned. A refused image leaves nothing behind, and a failed one
 * nothing that the sweep does not remove.
 *
 * @param uploadId the id that every attempt at the same upload is given. If one has succeeded, what has become of it is
 * the answer, and nothing is stored.
 * @throws ApiError 400 (empty), 413 or 415 when the image is not acceptable, 403 `UserLimitReached`, 504
 * `OutcomeUnknown`.
 */
export async function stage(upload: Upload, deps: IngestDeps, uploadId: string): Promise<Staged> {
  const { image } = await checked(upload, deps, uploadId);
  if (!(await begin(image, deps, () => deps.uploads.beginStaged(image)))) {
    const status = await deps.uploads.status(uploadId, anyone);
    if (!status) {
      throw new Error("The upload is gone.");
    }
    return { uploadId, ...status };
  }
  try {
    await deps.bucket.add(stagingPrefix + uploadId, upload.image, image.contentType);
  } catch (error) {
    // It may have been stored all the same, and be an image by now.
    if (!(await undo(uploadId, deps, ({ state }) => state === "pending"))) {
      deps.logger.error("outcome unknown", { error });
      throw outcomeUnknown();
    }
    const status = await deps.uploads.status(uploadId, anyone);
    if (status) {
      return { uploadId, ...status };
    }
    throw error;
  }
  return { uploadId, status: "pending" };
}
