import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Methods that pages of other origins may use. */
export const readMethods = ["GET", "HEAD"];

/** Seconds for which browsers need not ask again. */
export const preflightSeconds = 3600;

/**
 * The policy of AWS by which S3 gets to see what CORS is decided by: `CORS-S3Origin`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const corsS3Origin = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf";

/**
 * CloudFront passes a preflight on, and only the bucket's yes makes it one to a browser.
 *
 * @param origins of pages that are told yes; `*` alone for any.
 */
export function answerPreflights(
  name: string,
  bucket: Pick<aws.s3.Bucket, "id">,
  origins: readonly string[],
  parent: pulumi.Resource,
): void {
  new aws.s3.BucketCorsConfiguration(
    name,
    {
      bucket: bucket.id,
      corsRules: [
        {
          allowedMethods: readMethods,
          allowedOrigins: [...origins],
          allowedHeaders: ["*"],
          maxAgeSeconds: preflightSeconds,
        },
      ],
    },
    { parent },
  );
}
