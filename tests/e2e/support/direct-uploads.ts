import { strict as assert } from "node:assert";
import type { PresignedPost } from "@aws-sdk/s3-presigned-post";
import { sendForm } from "../../../local/tests/aws/s3/presigned-form";
import { call, postJson } from "./api";
import { type Stack, storedImages } from "./stack";
import { waitUntil } from "./wait-until";

/** What POST /uploads answers. */
export interface DirectUpload {
  uploadId: string;
  status: string;
  expiresAt: string;
  upload: PresignedPost & { method: string };
}

/** Announces an upload. */
export async function createUpload(
  stack: Stack,
  body: Record<string, unknown>,
): Promise<DirectUpload> {
  const announced = { content_type: "image/png", user_id: "e2e-direct", ...body };
  const answer = await postJson(stack, "/uploads", announced);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body as unknown as DirectUpload;
}

/** Announces an image and sends it by the form, as a page of another origin does. */
export async function uploadDirectly(
  stack: Stack,
  image: Buffer,
  body: Record<string, unknown> = {},
): Promise<DirectUpload> {
  const created = await createUpload(stack, { size: image.length, ...body });
  const response = await sendImage(created, image);
  assert.equal(response.status, 204, await response.text());
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  return created;
}

/** Sends an image by the form of an upload. */
export async function sendImage({ upload }: DirectUpload, image: Buffer): Promise<Response> {
  const headers = { origin: "https://example.com" };
  return await sendForm(upload, new Blob([new Uint8Array(image)]), headers);
}

/**
 * What has become of an upload once it is decided and its object is removed from where it arrived.
 */
export async function outcomeOf(
  stack: Stack,
  { uploadId }: DirectUpload,
): Promise<Record<string, unknown>> {
  await waitUntil(async () => (await statusOf(stack, uploadId)).status !== "pending");
  await untilTaken(stack, uploadId);
  return await statusOf(stack, uploadId);
}

/** Waits until nothing is left where the object of an upload arrived. */
export async function untilTaken(stack: Stack, uploadId: string): Promise<void> {
  const staged = `object uploads/${uploadId}`;
  await waitUntil(async () => !(await storedImages(stack, uploadId)).includes(staged));
}

async function statusOf(stack: Stack, uploadId: string): Promise<Record<string, unknown>> {
  const answer = await call(stack, `/uploads/${uploadId}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}
