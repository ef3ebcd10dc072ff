import type {
  DeletingItem,
  PendingUpload,
  ReadyItem,
  RejectedItem,
} from "../../../handlers/images/images-table";
import { resultItem } from "../../../handlers/records/results-table";

const imageId = "0c7f2f4e-6a58-4d3c-9d9d-0d7c1f6b2a11";
const key = `images/9f/${imageId}.png`;
const described = {
  imageId,
  userId: "ada",
  imageName: "Sunset",
  key,
  contentType: "image/png",
  size: 1234,
  tags: { album: "first" },
};

export const pending: PendingUpload = {
  ...described,
  state: "pending",
  stagingKey: `uploads/${imageId}`,
  sweep: "sweep",
  sweepAfter: "2026-01-31T13:00:00.000Z",
};

export const ready: ReadyItem = {
  ...described,
  state: "ready",
  collection: "images",
  timestamp: "2026-01-31T12:00:00.123Z",
  width: 300,
  height: 200,
  etag: "etag",
};

export const rejected: RejectedItem = {
  imageId,
  state: "rejected",
  key,
  rejection: { code: "SizeMismatch", message: "The image has 1 bytes, not 2." },
  expiresAt: 1_800_000_000,
};

export const deleting: DeletingItem = {
  imageId,
  state: "deleting",
  key,
  sweep: "sweep",
  sweepAfter: "2026-01-31T13:00:00.000Z",
};

export const result = resultItem({
  resultId: "019c1456-8f2a-7c3d-8e4f-5a6b7c8d9e0f",
  id: "sensor-1",
  s3Key: "results/019c1456-8f2a-7c3d-8e4f-5a6b7c8d9e0f.json",
  userId: "ada",
  timestamp: "2026-01-31T12:00:00.456Z",
  bytes: 99,
});
