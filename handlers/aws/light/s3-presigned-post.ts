import { createHmac } from "node:crypto";
import type { PresignedPost, PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { createScope, getSigningKey } from "@smithy/signature-v4";
import type { S3Client } from "./client-s3";
import { environmentCredentials } from "./environment";
import { addressOf } from "./object-address";
import { Sha256 } from "./sha256";

const algorithm = "AWS4-HMAC-SHA256";

/**
 * A form by which anyone can store an object.
 * https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export async function createPresignedPost(
  client: S3Client,
  { Bucket, Key, Conditions = [], Fields = {}, Expires = 3600 }: PresignedPostOptions,
): Promise<PresignedPost> {
  const now = Date.now();
  const credentials = environmentCredentials();
  const longDate = iso8601(now).replace(/[-:]/g, "");
  const shortDate = longDate.slice(0, 8);
  const { region } = client.endpoint;
  const fields: Record<string, string> = {
    ...Fields,
    bucket: Bucket,
    "X-Amz-Algorithm": algorithm,
    "X-Amz-Credential": `${credentials.accessKeyId}/${createScope(shortDate, region, "s3")}`,
    "X-Amz-Date": longDate,
    ...(credentials.sessionToken && { "X-Amz-Security-Token": credentials.sessionToken }),
  };
  const exact = Object.entries({ ...fields, key: Key }).map(([name, value]) => ({ [name]: value }));
  const conditions = [...Conditions, ...exact];
  const expiration = iso8601(now + Expires * 1000);
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString("base64");
  const signingKey = await getSigningKey(Sha256, credentials, shortDate, region, "s3");
  const signature = createHmac("sha256", signingKey).update(policy).digest("hex");
  return {
    url: formUrl(client, Bucket),
    fields: { ...fields, key: Key, Policy: policy, "X-Amz-Signature": signature },
  };
}

function formUrl(client: S3Client, bucket: string): string {
  const address = addressOf(client.endpoint.url, bucket);
  const { protocol, headers, path } = client.requestOf({ method: "POST", headers: {}, ...address });
  return `${protocol}//${headers.host}${path}`;
}

/** In whole seconds. */
function iso8601(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
