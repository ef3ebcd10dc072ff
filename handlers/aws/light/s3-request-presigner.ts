import { buildQueryString } from "@smithy/core/protocols";
import type { S3Client } from "./client-s3";
import type { ResponseMetadata } from "./exceptions";
import type { S3Command } from "./s3-command";

/**
 * A URL by which anyone can make a call.
 *
 * @param expiresIn for how many seconds.
 */
export async function getSignedUrl(
  client: S3Client,
  command: S3Command<object, { $metadata: ResponseMetadata }>,
  { expiresIn }: { expiresIn: number },
): Promise<string> {
  const request = client.requestOf(client.requestFor(command));
  request.headers["X-Amz-Content-Sha256"] = "UNSIGNED-PAYLOAD";
  const signed = await client.signer.presign(request, { expiresIn });
  const { protocol, hostname, port, path, query = {} } = signed;
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return `${protocol}//${host}${path}?${buildQueryString(query)}`;
}
