import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cloudFrontRead } from "../policies/bucket-policy";
import { recordedArgs } from "../recorded-args";
import type { ServedBucket } from "../references";
import { createAccessControl } from "./parts/access-control";
import { createCachePolicy } from "./parts/cache-policy";
import { storeErrorPage } from "./parts/error-page";
import { createHeadersPolicy } from "./parts/headers-policy";
import { answerPreflights, corsS3Origin, readMethods } from "./parts/reading";
import { type ViewerArgs, viewerSettings, viewerUrl } from "./parts/viewers";

/** A result that does not say otherwise is kept for a day, as all are at most. */
const cacheSeconds = 24 * 60 * 60;
const caching = { defaultSeconds: cacheSeconds, maxSeconds: cacheSeconds, isCompressed: true };

/** Answered for a result that is not there. */
const notFound = {
  key: "errors/not-found.json",
  error: "There is no result at this URL.",
  code: "ResultNotFound",
};

/** Arguments of `Edge`. */
export interface EdgeArgs extends ViewerArgs {
  /** The bucket to serve; its policy is made here. */
  results: ServedBucket;
  /** Origins of pages that may read results; `*` alone for any. */
  allowedOrigins: readonly string[];
}

/**
 * A CloudFront distribution in front of the results bucket, which nobody else can read: HTTPS only,
 * reading only, with origin access control. Whoever knows a result's URL can read the result, pages
 * of other origins as far as they are allowed to: CloudFront leaves their preflights to the bucket, and adds CORS headers.
 *
 *     const edge = new Edge(prefix, { results: storage.results, allowedOrigins: ["*"] });
 *     edge.url; // https://d111111abcdef8.cloudfront.net
 */
export class Edge extends pulumi.ComponentResource {
  readonly distribution: aws.cloudfront.Distribution;
  /** `https://<domain>`, without a slash at the end: of the own domain, if there is one. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:Edge", name, recordedArgs(args), opts);
    const { results, allowedOrigins } = args;
    this.distribution = createDistribution(name, args, this);
    this.url = viewerUrl(this.distribution, args);
    answerPreflights(`${name}-results-cors`, results.bucket, allowedOrigins, this);
    storeErrorPage(`${name}-not-found`, notFound, results.bucket, this);
    results.attachPolicy(
      pulumi
        .all([results.bucket.arn, this.distribution.arn])
        .apply(([bucketArn, distributionArn]) => [
          cloudFrontRead(bucketArn, distributionArn, ["results/*", notFound.key]),
        ]),
    );
    this.registerOutputs({ distribution: this.distribution, url: this.url });
  }
}

function createDistribution(name: string, args: EdgeArgs, parent: pulumi.Resource) {
  const { results, allowedOrigins, hsts = "host" } = args;
  const originId = "results";
  return new aws.cloudfront.Distribution(
    `${name}-results`,
    {
      enabled: true,
      comment: "Results of POST /process",
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      origins: [
        {
          originId,
          // Origin access control signs for S3's regional REST endpoint, not for a website's.
          domainName: results.bucket.bucketRegionalDomainName,
          originAccessControlId: createAccessControl(`${name}-results`, "s3", parent).id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: originId,
        viewerProtocolPolicy: "https-only",
        allowedMethods: [...readMethods, "OPTIONS"],
        cachedMethods: readMethods,
        compress: true,
        cachePolicyId: createCachePolicy(`${name}-results`, caching, parent).id,
        originRequestPolicyId: corsS3Origin,
        responseHeadersPolicyId: createHeadersPolicy(
          `${name}-results`,
          { origins: allowedOrigins, exposeHeaders: ["ETag", "X-Amz-Cf-Id"] },
          hsts,
          parent,
        ).id,
      },
      customErrorResponses: [
        {
          // What S3 answers for an object that is not there to whom may not list the bucket.
          errorCode: 403,
          responseCode: 404,
          responsePagePath: `/${notFound.key}`,
          // A result is there as soon as its URL is told, even if somebody has asked before.
          errorCachingMinTtl: 0,
        },
      ],
      ...viewerSettings(args),
    },
    { parent },
  );
}
