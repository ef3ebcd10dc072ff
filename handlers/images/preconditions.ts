import { etagOf, requireMatch } from "../http/entity-tags";
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
  const etag = item.state === "ready" ? etagOf(JSON.stringify(toMetadata(item))) : undefined;
  requireMatch(etag, ifMatch, "The image's metadata");
}
