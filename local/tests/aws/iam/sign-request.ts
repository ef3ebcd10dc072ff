import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Credentials, SignedRequest } from "../../../aws/iam/types";

/** Lower-case hex SHA-256 of `data`. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 as the SDK's signer takes it. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash("sha256")
        : createHmac(
            "sha256",
            typeof secret === "string" ? secret : new Uint8Array(secret as ArrayBuffer),
          );
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    throw new Error("The signer makes a new hash each time.");
  }
}

/** What to sign, and how. */
export interface Signing {
  credentials: Credentials;
  region: string;
  date: Date;
  /** @default `s3` */
  service?: string;
  /** @default `GET` */
  method?: string;
  /** @default `/bucket/key` */
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
  /** Makes a presigned URL, valid for that many seconds. */
  presign?: number;
}

/** Signs a request with the SDK's own signer. */
export async function signRequest(signing: Signing): Promise<SignedRequest> {
  const { service = "s3", body = "", region, credentials } = signing;
  const isS3 = service === "s3";
  const signer = new SignatureV4({
    service,
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: !isS3,
    applyChecksum: isS3,
  });
  const presigned = signing.presign !== undefined;
  const request = {
    method: signing.method ?? "GET",
    protocol: "http:",
    hostname: "127.0.0.1",
    path: signing.path ?? "/bucket/key",
    query: { ...signing.query },
    headers: {
      host: "127.0.0.1:9000",
      ...(presigned && isS3 && { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }),
      ...signing.headers,
    },
    body,
  };
  const options = { signingDate: signing.date, expiresIn: signing.presign };
  const result = await (presigned
    ? signer.presign(request, options)
    : signer.sign(request, options));
  const query = Object.entries(result.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
  return {
    method: result.method,
    url: query ? `${result.path}?${query}` : result.path,
    headers: result.headers,
    service,
    ...(!isS3 && { bodySha256: sha256(body) }),
  };
}
