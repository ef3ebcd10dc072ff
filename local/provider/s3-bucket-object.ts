import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import * as asset from "@pulumi/pulumi/asset";
import { rootArn } from "../aws/iam/policy-principals";
import type { InternalReply, S3 } from "../aws/s3/s3";
import type { Account } from "../aws/types";
import { NotEmulated } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest } from "./resource";

interface BucketObjectInputs {
  bucket: string;
  key?: string;
  content?: string;
  contentBase64?: string;
  source?: unknown;
  forceDestroy?: boolean;
  metadata?: Record<string, string>;
  tags?: Record<string, string>;
}

/** Inputs that are headers of a PutObject. */
const headerInputs: Readonly<Record<string, string>> = {
  cacheControl: "cache-control",
  contentDisposition: "content-disposition",
  contentEncoding: "content-encoding",
  contentLanguage: "content-language",
  contentType: "content-type",
  kmsKeyId: "x-amz-server-side-encryption-aws-kms-key-id",
  objectLockLegalHoldStatus: "x-amz-object-lock-legal-hold",
  objectLockMode: "x-amz-object-lock-mode",
  objectLockRetainUntilDate: "x-amz-object-lock-retain-until-date",
  serverSideEncryption: "x-amz-server-side-encryption",
  storageClass: "x-amz-storage-class",
  websiteRedirect: "x-amz-website-redirect-location",
};

/**
 * An object; one that has the same bytes already is adopted, so that a start does not add a version.
 * Its `versionId` and the bucket's default encryption show only once it exists, and are no outputs.
 */
export async function planBucketObject(
  s3: S3,
  account: Account,
  request: ResourceRequest,
): Promise<PlannedResource> {
  const inputs = request.inputs as unknown as BucketObjectInputs;
  const key = inputs.key ?? request.name;
  const body = await readContent(inputs, request.projectDir);
  const etag = createHash("md5").update(body).digest("hex");
  return {
    id: `${inputs.bucket}/${key}`,
    outputs: {
      contentType: "application/octet-stream",
      storageClass: "STANDARD",
      forceDestroy: false,
      ...inputs,
      key,
      etag,
      arn: `arn:${account.partition}:s3:::${inputs.bucket}/${key}`,
      region: account.region,
      tagsAll: inputs.tags ?? {},
    },
    remove: () => {
      s3.deleteObject(inputs.bucket, key, { force: inputs.forceDestroy ?? false });
    },
    restore: () => undefined,
    create: async () => {
      const principal = { kind: "root" as const, arn: rootArn(account) };
      const object = { principal, bucket: inputs.bucket, key };
      const found = await s3.handle({ ...object, method: "HEAD", headers: {} });
      if (found.headers.etag !== `"${etag}"`) {
        const headers = headersOf(inputs, body);
        const reply = await s3.handle({ ...object, method: "PUT", headers, body });
        requireSuccess(request.name, reply);
      }
    },
  };
}

function requireSuccess(name: string, { status, body }: InternalReply): void {
  if (status !== 200) {
    const answer = Buffer.isBuffer(body) ? body.toString() : "";
    throw new Error(`${name}: S3 answered ${status}: ${answer}`);
  }
}

function headersOf(inputs: BucketObjectInputs, body: Buffer): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/octet-stream",
    "content-md5": createHash("md5").update(body).digest("base64"),
  };
  for (const [input, name] of Object.entries(headerInputs)) {
    const value = (inputs as unknown as Record<string, unknown>)[input];
    if (typeof value === "string") {
      headers[name] = value;
    }
  }
  for (const [name, value] of Object.entries(inputs.metadata ?? {})) {
    headers[`x-amz-meta-${name}`] = value;
  }
  if (inputs.tags) {
    headers["x-amz-tagging"] = new URLSearchParams(inputs.tags).toString();
  }
  return headers;
}

async function readContent(inputs: BucketObjectInputs, projectDir: string): Promise<Buffer> {
  const { content, contentBase64, source } = inputs;
  if (contentBase64 !== undefined) {
    return Buffer.from(contentBase64, "base64");
  }
  if (source instanceof asset.FileAsset) {
    return await fs.readFile(path.resolve(projectDir, await source.path));
  }
  if (source instanceof asset.StringAsset) {
    return Buffer.from(await source.text);
  }
  if (source !== undefined) {
    throw new NotEmulated({ name: "source" }, "archives and remote assets as objects");
  }
  return Buffer.from(content ?? "");
}
