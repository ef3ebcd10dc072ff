import { strict as assert } from "node:assert";
import { makeImage } from "../../support/images";
import { type Answer, call } from "./api";
import type { Stack } from "./stack";
import { waitUntil } from "./wait-until";

/** What every route says of an image. */
export interface Metadata {
  imageId: string;
  timestamp: string;
  userId: string;
  imageName: string;
  key: string;
  contentType: string;
  size: number;
  tags: Record<string, string>;
  width: number;
  height: number;
  orientation?: number;
  etag: string;
  thumbHash?: string;
  dominantColor?: string;
  transparent?: boolean;
  frames?: number;
  perceptualHash?: string;
}

/** What is uploaded. */
export interface Upload {
  userId: string;
  tags?: Record<string, string>;
  /** Default: a small PNG. */
  image?: Buffer;
  /** Default: `image/png`. */
  contentType?: string;
  headers?: Record<string, string>;
}

export function metadataOf(answer: Answer): Metadata {
  return answer.body.metadata as Metadata;
}

/** Uploads an image as it is, whatever comes of it. */
export async function tryUpload(stack: Stack, upload: Upload): Promise<Answer> {
  const { userId, tags = {}, contentType = "image/png" } = upload;
  const query = new URLSearchParams({ userId, tags: JSON.stringify(tags) });
  return await call(stack, `/images?${query.toString()}`, {
    method: "POST",
    headers: { "content-type": contentType, ...upload.headers },
    body: upload.image ?? (await makeImage("png")),
  });
}

/** Uploads an image, and gives its metadata, once they are complete. */
export async function uploadImage(stack: Stack, upload: Upload): Promise<Metadata> {
  const answer = await tryUpload(stack, upload);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return await untilDescribed(stack, metadataOf(answer).imageId);
}

/** An image's metadata, once it has been looked at: from then on they stay as they are. */
export async function untilDescribed(stack: Stack, imageId: string): Promise<Metadata> {
  let metadata: Metadata | undefined;
  await waitUntil(async () => {
    const answer = await call(stack, `/images/${imageId}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    metadata = metadataOf(answer);
    return metadata.perceptualHash !== undefined;
  });
  assert.ok(metadata);
  return metadata;
}

/** Deletes an image, or an upload that is to become one. */
export async function remove(stack: Stack, id: string): Promise<void> {
  const { status, body } = await call(stack, `/images/${id}`, { method: "DELETE" });
  assert.equal(status, 204, JSON.stringify(body));
}

/** The images that GET /images lists for a query. */
export async function listImages(
  stack: Stack,
  query: Record<string, string>,
): Promise<{ images: Metadata[]; nextCursor: string }> {
  const answer = await call(stack, `/images?${new URLSearchParams(query).toString()}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const { images, nextCursor } = answer.body;
  return { images: images as Metadata[], nextCursor: String(nextCursor) };
}
