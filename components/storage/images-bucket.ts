import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { SecureBucket } from "./secure-bucket";

/** Where clients put images by the forms of POST /uploads, until they are checked. */
export const uploadsPrefix = "uploads/";

/** Where images are once they are checked. */
export const imagesPrefix = "images/";

/** Arguments of `createImagesBucket`. */
export interface ImagesBucketArgs {
  /** Whether the bucket refuses to be deleted or replaced by a deployment; otherwise it is emptied first. */
  protectData: boolean;
  /** Origins of pages that may get and send images by presigned requests; `*` alone for any. */
  allowedOrigins: readonly string[];
  /** Whether uploads are scanned: then the policy is for the scanner to attach. `@default` false */
  scansUploads?: boolean;
}

/**
 * Creates the bucket that keeps images under `images/`, and under `uploads/` for a day at most what
 * clients send by forms.
 */
export function createImagesBucket(
  name: string,
  { protectData, allowedOrigins, scansUploads = false }: ImagesBucketArgs,
  parent: pulumi.Resource,
): SecureBucket {
  const images = new SecureBucket(
    name,
    { protect: protectData, forceDestroy: !protectData, lifecycleRules: [expireUploads] },
    { parent },
  );
  if (!scansUploads) {
    images.attachPolicy();
  }
  new aws.s3.BucketCorsConfiguration(
    `${name}-cors`,
    {
      bucket: images.bucket.id,
      // Pages show and fetch images by presigned URLs, and send some by presigned forms.
      corsRules: [
        {
          allowedMethods: ["GET", "HEAD", "POST"],
          allowedOrigins: [...allowedOrigins],
          allowedHeaders: ["*"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 3600,
        },
      ],
    },
    { parent },
  );
  return images;
}

/** What is checked is removed at once; this is for what arrives when nobody waits for it any more. */
const expireUploads = {
  id: "expire-uploads",
  status: "Enabled",
  filter: { prefix: uploadsPrefix },
  expiration: { days: 1 },
  noncurrentVersionExpiration: { noncurrentDays: 1 },
};
