import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cloudFrontRead } from "./policies/bucket-policy";
import { recordedArgs } from "./recorded-args";
import type { SecureBucket } from "./secure-bucket";

/** Seconds for which CloudFront keeps a result that does not say otherwise: a day. */
const cacheSeconds = 24 * 60 * 60;

/**
 * The policy of AWS by which S3 gets to see what CORS is decided by: `CORS-S3Origin`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
const corsS3Origin = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf";

/** Methods that pages of any origin may use. */
const readMethods = ["GET", "HEAD"];

/** Seconds for which browsers need not ask again. */
const preflightSeconds = 3600;

/** Where the answer to a result that is not there is stored. */
const notFoundKey = "errors/not-found.json";

/** In the shape of the API's errors. It is stored, so that it cannot name the request. */
const notFoundPage = {
  error: "There is no result at this URL. The request's id is in the header X-Amz-Cf-Id.",
  code: "ResultNotFound",
  requestId: "X-Amz-Cf-Id",
};

/** Arguments of `Edge`. */
export interface EdgeArgs {
  /** The bucket to serve; its policy is made here. */
  results: SecureBucket;
}

/**
 * A CloudFront distribution in front of the results bucket, which nobody else can read: HTTPS only,
 * reading only, with origin access control. Whoever knows a result's URL can read the result, pages
 * of any origin too: CloudFront leaves their preflights to the bucket, and adds CORS headers.
 *
 *     const edge = new Edge(prefix, { results: storage.results });
 *     edge.url; // https://d111111abcdef8.cloudfront.net
 */
export class Edge extends pulumi.ComponentResource {
  readonly distribution: aws.cloudfront.Distribution;
  /** `https://<domain>`, without a slash at the end. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:Edge", name, recordedArgs(args), opts);
    const { results } = args;
    this.distribution = createDistribution(name, results.bucket, this);
    this.url = pulumi.interpolate`https://${this.distribution.domainName}`;
    answerPreflights(name, results.bucket, this);
    storeNotFoundPage(name, results.bucket, this);
    results.attachPolicy(
      pulumi
        .all([results.bucket.arn, this.distribution.arn])
        .apply(([bucketArn, distributionArn]) => [
          cloudFrontRead(bucketArn, distributionArn, ["results/*", notFoundKey]),
        ]),
    );
    this.registerOutputs({ distribution: this.distribution, url: this.url });
  }
}

function createDistribution(name: string, bucket: aws.s3.Bucket, parent: pulumi.Resource) {
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
          domainName: bucket.bucketRegionalDomainName,
          originAccessControlId: createAccessControl(name, parent).id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: originId,
        viewerProtocolPolicy: "https-only",
        allowedMethods: [...readMethods, "OPTIONS"],
        cachedMethods: readMethods,
        compress: true,
        cachePolicyId: createCachePolicy(name, parent).id,
        originRequestPolicyId: corsS3Origin,
        responseHeadersPolicyId: createHeadersPolicy(name, parent).id,
      },
      customErrorResponses: [
        {
          // What S3 answers for an object that is not there to whom may not list the bucket.
          errorCode: 403,
          responseCode: 404,
          responsePagePath: `/${notFoundKey}`,
          // A result is there as soon as its URL is told, even if somebody has asked before.
          errorCachingMinTtl: 0,
        },
      ],
      restrictions: { geoRestriction: { restrictionType: "none" } },
      // A minimumProtocolVersion would have no effect on the default certificate, under which
      // CloudFront always accepts TLS 1.0; only a certificate of one's own changes that.
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    },
    { parent },
  );
}

/** CloudFront passes a preflight on, and only the bucket's yes makes it one to a browser. */
function answerPreflights(name: string, bucket: aws.s3.Bucket, parent: pulumi.Resource) {
  new aws.s3.BucketCorsConfiguration(
    `${name}-results-cors`,
    {
      bucket: bucket.id,
      corsRules: [
        {
          allowedMethods: readMethods,
          allowedOrigins: ["*"],
          allowedHeaders: ["*"],
          maxAgeSeconds: preflightSeconds,
        },
      ],
    },
    { parent },
  );
}

function storeNotFoundPage(name: string, bucket: aws.s3.Bucket, parent: pulumi.Resource) {
  new aws.s3.BucketObjectv2(
    `${name}-not-found`,
    {
      bucket: bucket.id,
      key: notFoundKey,
      content: JSON.stringify(notFoundPage),
      contentType: "application/json",
      cacheControl: "no-store",
      // The bucket's retention is for results: a deployment may remove this in spite of it.
      forceDestroy: true,
    },
    { parent },
  );
}

function createAccessControl(name: string, parent: pulumi.Resource) {
  return new aws.cloudfront.OriginAccessControl(
    `${name}-results`,
    {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    { parent },
  );
}

/** The path alone is the key: S3 needs no query, header or cookie to find a result. */
function createCachePolicy(name: string, parent: pulumi.Resource) {
  return new aws.cloudfront.CachePolicy(
    `${name}-results`,
    {
      minTtl: 0,
      defaultTtl: cacheSeconds,
      maxTtl: cacheSeconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
    { parent },
  );
}

function createHeadersPolicy(name: string, parent: pulumi.Resource) {
  return new aws.cloudfront.ResponseHeadersPolicy(
    `${name}-results`,
    {
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: readMethods },
        accessControlAllowOrigins: { items: ["*"] },
        accessControlExposeHeaders: { items: ["ETag", "X-Amz-Cf-Id"] },
        accessControlMaxAgeSec: preflightSeconds,
        originOverride: true,
      },
      securityHeadersConfig: {
        // Results are data: nothing in them may run, be framed or be taken for another type.
        contentSecurityPolicy: {
          contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, override: true },
      },
    },
    { parent },
  );
}
