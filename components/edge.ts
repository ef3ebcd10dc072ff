import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cloudFrontRead } from "./policies/bucket-policy";
import type { SecureBucket } from "./secure-bucket";

/** Seconds for which CloudFront keeps a result that does not say otherwise: a day. */
const cacheSeconds = 24 * 60 * 60;

/** Arguments of `Edge`. */
export interface EdgeArgs {
  /** The bucket to serve; its policy is made here. */
  results: SecureBucket;
}

/**
 * A CloudFront distribution in front of the results bucket, which nobody else can read: HTTPS only,
 * GET and HEAD only, with origin access control. Whoever knows a result's URL can read the result.
 *
 *     const edge = new Edge(prefix, { results: storage.results });
 *     edge.url; // https://d111111abcdef8.cloudfront.net
 */
export class Edge extends pulumi.ComponentResource {
  readonly distribution: aws.cloudfront.Distribution;
  /** `https://<domain>`, without a slash at the end. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, { results }: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:Edge", name, {}, opts);
    this.distribution = createDistribution(name, results.bucket, this);
    this.url = pulumi.interpolate`https://${this.distribution.domainName}`;
    results.attachPolicy(
      pulumi
        .all([results.bucket.arn, this.distribution.arn])
        .apply(([bucketArn, distributionArn]) => [cloudFrontRead(bucketArn, distributionArn)]),
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
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: createCachePolicy(name, parent).id,
        responseHeadersPolicyId: createHeadersPolicy(name, parent).id,
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      // A minimumProtocolVersion would have no effect on the default certificate, under which
      // CloudFront always accepts TLS 1.0; only a certificate of one's own changes that.
      viewerCertificate: { cloudfrontDefaultCertificate: true },
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
        accessControlAllowMethods: { items: ["GET", "HEAD"] },
        accessControlAllowOrigins: { items: ["*"] },
        accessControlMaxAgeSec: 3600,
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
