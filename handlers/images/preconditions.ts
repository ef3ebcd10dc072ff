import { etagOf } from "../http/entity-tags";
import { type Preconditions, requireChangeable } from "../http/preconditions";
import { type ImageItem, toMetadata } from "./images-table";

/**
 * Looks whether an image that was read is what a client means to change or to remove. An upload that
 * is no image yet is not: it has no metadata.
 *
 * @param preconditions with entity tags of the metadata that the client knows.
 * @throws ApiError 412 `PreconditionFailed`.
 */
export function requireMeant(item: ImageItem, preconditions: Preconditions): void {
  const etag = item.state === "ready" ? etagOf(JSON.stringify(toMetadata(item))) : undefined;
  requireChangeable(etag, preconditions, "The image's metadata");
}
