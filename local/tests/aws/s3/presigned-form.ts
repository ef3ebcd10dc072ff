import type { S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import type { PresignedPost, PresignedPostOptions } from "@aws-sdk/s3-presigned-post";

/** A form as a server signs it for a browser. */
export async function presignForm(
  client: S3Client,
  options: PresignedPostOptions,
): Promise<PresignedPost> {
  return await createPresignedPost(client, options);
}

/** Sends a form as a browser does, with the file as its last field. */
export async function sendForm(
  { url, fields }: PresignedPost,
  file: Blob,
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, value);
  }
  form.append("file", file, "photo.jpg");
  return await fetch(url, { method: "POST", body: form, headers });
}
