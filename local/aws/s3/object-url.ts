import type { Account } from "../types";
import type { Target } from "./call";

/** Where AWS would have an object; slashes in the key are encoded, as S3 does here. */
export function objectUrl({ region }: Account, { bucket, key }: Target): string {
  return `https://${bucket}.s3.${region}.amazonaws.com/${encodeURIComponent(key)}`;
}
