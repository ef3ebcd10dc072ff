import type { ImageItem } from "../../handlers/images/images-table";
import type { ClientAnswer } from "./client";
import { parseObject } from "./error-shape";

/** By which an upload is refused, or a direct one rejected, for which its user has no room. */
const limitCode = "UserLimitReached";

/** What such a refusal says. */
interface LimitRefusal {
  code?: string;
  limit?: "images" | "bytes";
  maxImages?: number;
  images?: number;
  maxBytes?: number;
  bytes?: number;
  size?: number;
}

/** Whether an upload was refused because of a limit of its user, with numbers that show it. */
export function isLimitRefusal({ status, bytes }: ClientAnswer): boolean {
  const told: LimitRefusal = parseObject(bytes);
  const { images = NaN, maxImages = NaN, maxBytes = NaN, size = NaN } = told;
  const isReached =
    told.limit === "images" ? images >= maxImages : (told.bytes ?? NaN) + size > maxBytes;
  return status === 403 && told.code === limitCode && isReached;
}

/** Whether an answer says of a direct upload, or of what would be its image, that it was rejected so. */
export function tellsOfLimit({ bytes }: ClientAnswer): boolean {
  const { reason } = parseObject(bytes) as { reason?: { code?: string } };
  return reason?.code === limitCode;
}

/** Whether a row is of a direct upload that was rejected so. */
export function isLimited(item: ImageItem): boolean {
  return item.state === "rejected" && item.rejection.code === limitCode;
}
