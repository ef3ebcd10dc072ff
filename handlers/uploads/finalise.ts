import type { ObjectVersion } from "../aws/versioned-objects";
import { ApiError } from "../http/errors";
import { inspect, type InspectedImage } from "../images/file/inspect";
import { locationPatches } from "../images/file/location/location";
import { patchStream } from "../images/file/location/patch";
import { ImagesBucket } from "../images/images-bucket";
import type { PendingUpload } from "../images/images-table";
import { Publication } from "../images/publication";
import { Uploads } from "./uploads";

/** What finalising an upload needs. */
export interface FinaliseUploadDeps {
  bucket: ImagesBucket;
  publication: Publication;
  uploads: Uploads;
  /** Most pixels that an image may have. */
  maxPixels: number;
  /** Whether files are not to say where they were taken. */
  stripLocation: boolean;
}

/** What became of an upload: an image of so many bytes, or nothing that has not been there before. */
export type Finalised = { outcome: "ready"; bytes: number } | { outcome: "rejected" | "nothing" };

/**
 * Makes an image of the version that has arrived, if its upload waits for one, and removes the
 * version. The table alone says what is to be done, so that events may come twice, late and in any
 * order, and every step may be repeated.
 *
 * @param refusal why no image is to be made of it, whatever it is; then nothing of it is read.
 */
export async function finaliseUpload(
  arrived: ObjectVersion,
  deps: FinaliseUploadDeps,
  refusal?: ApiError,
): Promise<Finalised> {
  const upload = await deps.uploads.take(arrived);
  const finalised = upload && (await decide(upload, arrived, deps, refusal));
  if (!finalised || finalised.outcome === "rejected") {
    await removeCopies(arrived, deps);
  }
  await deps.bucket.remove(arrived);
  return finalised ?? { outcome: "nothing" };
}

async function decide(
  upload: PendingUpload,
  arrived: ObjectVersion,
  deps: FinaliseUploadDeps,
  refusal: ApiError | undefined,
): Promise<Finalised> {
  try {
    if (refusal) {
      throw refusal;
    }
    const found = await check(upload, arrived, deps);
    return await makeImage({ ...upload, ...found }, arrived, deps);
  } catch (error) {
    if (!(error instanceof ApiError && error.statusCode < 500)) {
      throw error;
    }
    await deps.uploads.reject(upload, { code: error.code, message: error.message });
    return { outcome: "rejected" };
  }
}

/**
 * Removes what was copied of an upload that was rejected, be it by an earlier attempt that was cut off.
 * Of one that has become an image in spite of this attempt, nothing.
 */
async function removeCopies(
  arrived: ObjectVersion,
  { bucket, uploads }: FinaliseUploadDeps,
): Promise<void> {
  const upload = await uploads.rejected(arrived);
  for await (const versions of upload ? bucket.versions(upload.key) : []) {
    // A deleted upload can be made anew. What is copied then is not among those listed before.
    if (await uploads.rejected(arrived)) {
      await bucket.removeAll(versions);
    }
  }
}

/** @throws ApiError when the object is not the image that was announced. */
async function check(
  { size, contentType }: PendingUpload,
  arrived: ObjectVersion,
  { bucket, maxPixels }: FinaliseUploadDeps,
): Promise<InspectedImage> {
  const object = await bucket.open(arrived);
  if (object.size !== size) {
    throw new ApiError(400, "SizeMismatch", `The image has ${object.size} bytes, not ${size}.`);
  }
  return await inspect(object, contentType, maxPixels);
}

async function makeImage(
  { stagingKey, ...upload }: PendingUpload & InspectedImage,
  arrived: ObjectVersion,
  deps: FinaliseUploadDeps,
): Promise<Finalised> {
  const { bucket, publication } = deps;
  const { version, etag, ...removed } = await copy(upload, arrived, deps);
  const image = { ...upload, ...removed, timestamp: new Date().toISOString(), etag };
  await bucket.keepLatest(upload.key);
  const outcome = await publication.publish(image, stagingKey);
  if (outcome === "gone") {
    await bucket.remove(version);
  }
  return outcome === "done" ? { outcome: "ready", bytes: image.size } : { outcome: "nothing" };
}

/** The object of an image: the bytes that arrived, but for where they say that it was taken. */
async function copy(
  { key, contentType, size }: Pick<PendingUpload, "key" | "contentType" | "size">,
  arrived: ObjectVersion,
  { bucket, stripLocation }: FinaliseUploadDeps,
): Promise<{ version: ObjectVersion; etag: string; locationRemoved?: true }> {
  const patches = stripLocation
    ? await locationPatches(await bucket.open(arrived), contentType)
    : [];
  if (patches.length === 0) {
    return await bucket.copy(arrived, key, contentType);
  }
  const body = patchStream(await bucket.stream(arrived), patches);
  const stored = await bucket.putStream(key, body, size, contentType);
  return { ...stored, locationRemoved: true };
}
