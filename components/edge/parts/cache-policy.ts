import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What is kept for how long. */
export interface CachePolicyOptions {
  /** Seconds for which an answer is kept that does not say otherwise. */
  defaultSeconds: number;
  /** Seconds for which any is kept at most. */
  maxSeconds: number;
  /** Whether answers are kept once for each coding that CloudFront compresses them by. */
  isCompressed: boolean;
}

/** The path alone is the key: no query, header or cookie makes a difference to what is stored. */
export function createCachePolicy(
  name: string,
  { defaultSeconds, maxSeconds, isCompressed }: CachePolicyOptions,
  parent: pulumi.Resource,
): aws.cloudfront.CachePolicy {
  return new aws.cloudfront.CachePolicy(
    name,
    {
      minTtl: 0,
      defaultTtl: defaultSeconds,
      maxTtl: maxSeconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingGzip: isCompressed,
        enableAcceptEncodingBrotli: isCompressed,
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
    { parent },
  );
}
