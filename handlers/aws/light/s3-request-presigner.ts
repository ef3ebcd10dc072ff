import { buildQueryString } from "@smithy/core/protocols";
import type { SignatureV4 } from "@smithy/signature-v4";
import type { HttpRequest } from "@smithy/types";
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
  const presigner = new S3RequestPresigner(client.config);
  const { path, query = {} } = await presigner.presign(request, { expiresIn });
  return `${request.protocol}//${request.headers.host}${path}?${buildQueryString(query)}`;
}

/** Signs requests that were not made by the client. */
export class S3RequestPresigner {
  readonly #signer: SignatureV4;

  /** @param config of a client. */
  constructor({ signer }: { signer: SignatureV4 }) {
    this.#signer = signer;
  }

  /** @param expiresIn for how many seconds the URL of it works. */
  async presign(request: HttpRequest, { expiresIn }: { expiresIn: number }): Promise<HttpRequest> {
    const { hostname, port } = request;
    const headers = {
      ...request.headers,
      "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
      host: port === undefined ? hostname : `${hostname}:${port}`,
    };
    return await this.#signer.presign({ ...request, headers }, { expiresIn });
  }
}
