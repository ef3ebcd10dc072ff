import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Lets CloudFront sign every request to an origin: to a bucket, at its regional REST endpoint, or to
 * the URL of a Lambda function.
 */
export function createAccessControl(
  name: string,
  originType: "s3" | "lambda",
  parent: pulumi.Resource,
): aws.cloudfront.OriginAccessControl {
  return new aws.cloudfront.OriginAccessControl(
    name,
    {
      originAccessControlOriginType: originType,
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    { parent },
  );
}
