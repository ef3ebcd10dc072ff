import { randomUUID } from "node:crypto";
import { imageKey } from "../../handlers/images/image-key";
import type { ReadyItem } from "../../handlers/images/images-table";

/** The row of an image, with `fields` instead of what is usual. */
export function readyItem(fields: Partial<ReadyItem> = {}): ReadyItem {
  const { imageId = randomUUID(), userId = "u" } = fields;
  return {
    imageId,
    state: "ready",
    collection: "images",
    timestamp: "2026-01-02T03:04:05.678Z",
    userId,
    imageName: "n",
    key: imageKey(userId, imageId, "image/png"),
    contentType: "image/png",
    size: 123,
    tags: {},
    width: 8,
    height: 8,
    etag: "0123456789abcdef0123456789abcdef",
    ...fields,
  };
}
