import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What CloudFront answers in place of an error that it or an origin has no good body for. */
export interface ErrorPage {
  /** Key of the stored object. */
  key: string;
  /** A sentence for the reader. */
  error: string;
  /** In PascalCase, as codes of the API. */
  code: string;
}

/** Stores an error page, in the shape of the API's errors. It is stored, so that it cannot name the request. */
export function storeErrorPage(
  name: string,
  { key, error, code }: ErrorPage,
  bucket: Pick<aws.s3.Bucket, "id">,
  parent: pulumi.Resource,
): void {
  new aws.s3.BucketObjectv2(
    name,
    {
      bucket: bucket.id,
      key,
      content: JSON.stringify({
        error: `${error} The request's id is in the header X-Amz-Cf-Id.`,
        code,
        requestId: "X-Amz-Cf-Id",
      }),
      contentType: "application/json",
      cacheControl: "no-store",
      // Retention, where the bucket has one, is for data: a deployment may remove this in spite of it.
      forceDestroy: true,
    },
    { parent },
  );
}
