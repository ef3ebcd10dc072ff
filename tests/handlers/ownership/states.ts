import { imageKey } from "../../../handlers/images/image-key";
import type {
  ImageItem,
  PendingItem,
  PendingUpload,
  ReadyItem,
} from "../../../handlers/images/images-table";
import { readyItem } from "../ready-item";

/** Whose all objects are that are asked for. */
export const owner = "ada";

/** A tag that the image has. */
export const tag = "a:b";

const sweepAfter = "2026-01-02T03:04:05.678Z";
const rejection = { code: "TooManyPixels", message: "The image has too many pixels." };

/** What may be behind an id. */
export const states = {
  "an image": ready,
  "an image of a form": (id: string): ImageItem => ({ ...ready(id), stagingKey: `uploads/${id}` }),
  "an upload under way": pending,
  "an upload of a form": pendingUpload,
  "a rejected upload": (id: string): ImageItem => ({
    ...rejected(id),
    stagingKey: `uploads/${id}`,
  }),
  "a rejected image": (id: string): ImageItem => ({
    ...rejected(id),
    sweep: "renditions",
    sweepAfter,
  }),
  "a deleted image": (id: string): ImageItem => ({
    imageId: id,
    state: "deleting",
    key: keyOf(id),
    sweep: "sweep",
    sweepAfter,
  }),
  nothing: () => undefined,
} satisfies Record<string, (id: string) => ImageItem | undefined>;

/** What is behind an id. */
export type State = keyof typeof states;

/** Whether there is a record under an id, too, if this is behind it: then it is of the same owner. */
export function hasRecord(state: State): boolean {
  return state === "an image";
}

function keyOf(id: string): string {
  return imageKey(owner, id, "image/png");
}

function ready(imageId: string): ReadyItem {
  return readyItem({
    imageId,
    userId: owner,
    size: 3,
    tags: { a: "b" },
    perceptualHash: "0123456789abcdef",
  });
}

function pending(imageId: string): PendingItem {
  return { ...ready(imageId), state: "pending", sweep: "sweep", sweepAfter };
}

function pendingUpload(imageId: string): PendingUpload {
  const expiresAt = Math.floor(Date.now() / 1000) + 48 * 3600;
  return { ...pending(imageId), stagingKey: `uploads/${imageId}`, expiresAt };
}

function rejected(imageId: string): Extract<ImageItem, { state: "rejected" }> {
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  return { imageId, state: "rejected", key: keyOf(imageId), rejection, expiresAt };
}
