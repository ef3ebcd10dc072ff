import { etagOf, isMeant } from "../http/entity-tags";
import { ApiError } from "../http/errors";
import { type ImageItem, toMetadata } from "./images-table";

/**
 * Looks whether an image that was read is what a client means to change or to remove. An upload that
 * is no image yet is not: it has no metadata.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 *
 * @param ifMatch entity tags of the metadata that the client knows; by default any.
 * @throws ApiError 412 `PreconditionFailed`.
 */
export function requireMeant(item: ImageItem, ifMatch: string | undefined): void {
  if (ifMatch === undefined) {
    return;
  }
  const etag = item.state === "ready" && etagOf(JSON.stringify(toMetadata(item)));
  if (!etag || !isMeant(etag, ifMatch)) {
    throw new ApiError(
      412,
      "PreconditionFailed",
      "The image's metadata is not what If-Match names any more: get it, and decide anew.",
    );
  }
}
