import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { originSecretHeader } from "../../handlers/renditions/origin-secret";
import { renditionsRoot } from "../../handlers/renditions/rendition-keys";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { namedBucket, type Renditions } from "../functions/duty";
import { cloudFrontRead } from "../policies/bucket-policy";
import { recordedArgs } from "../recorded-args";
import type { ServedBucket } from "../references";
import { edgeCacheDays, errorPagesPrefix } from "../storage/renditions-bucket";
import { EdgeFunctions } from "./edge-functions";
import { createAccessControl } from "./parts/access-control";
import { createCachePolicy } from "./parts/cache-policy";
import { storeErrorPage } from "./parts/error-page";
import { createHeadersPolicy } from "./parts/headers-policy";
import { answerPreflights, corsS3Origin, readMethods } from "./parts/reading";
import { type ViewerArgs, viewerSettings, viewerUrl } from "./parts/viewers";
import type { Renderer } from "./renderer";

/**
 * What CloudFront keeps of renditions, whose `Cache-Control` allows a year: browsers take it. The
 * function has put the viewer's `Accept` into the path. Only what says so is kept.
 */
const caching = {
  defaultSeconds: 0,
  maxSeconds: edgeCacheDays * 24 * 60 * 60,
  isCompressed: false,
};

/**
 * Seconds for which CloudFront waits for a rendition that is being made; without asking AWS for more,
 * 60 at most. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
const renderSeconds = 60;

/** Names within the distribution: of its origins, and of the two as one. */
const origins = { stored: "renditions", made: "renderer", both: "images" };

/** Answered for a URL without a valid signature; CloudFront's own answer is XML. */
const forbidden = {
  key: `${errorPagesPrefix}forbidden.json`,
  error: "The URL's signature is missing, expired or wrong. GET /images/{id}/url signs one.",
  code: "InvalidSignature",
};

/** Answered when a rendition could not be made in time, or at all; CloudFront's own answer is HTML. */
const unavailable = {
  key: `${errorPagesPrefix}unavailable.json`,
  error: "The image could not be made. Try again in a moment.",
  code: "RenditionUnavailable",
};

/** Arguments of `ImageEdge`. */
export interface ImageEdgeArgs extends ViewerArgs {
  /** Where renditions are stored; its policy is made here. */
  renditions: ServedBucket;
  /** Makes what is not stored. */
  renderer: Renderer;
  /** Whose keys sign URLs. */
  keyGroup: aws.cloudfront.KeyGroup;
  /** What may be asked for. */
  settings: RenditionSettings;
  /** The region of Origin Shield, such as `us-east-1`; empty for none. */
  originShieldRegion: string;
  /** Origins of pages whose scripts may read images; `*` alone for any. */
  allowedOrigins: readonly string[];
}

/**
 * A CloudFront distribution that serves renditions of images at `/i/<image id>/<operations>`: from its
 * cache, or the renditions bucket, or made by the renderer, which stores them. A CloudFront Function
 * checks and normalises the path first. Every URL is signed, but for presets that are public; bucket
 * and renderer can be reached by this distribution alone.
 *
 *     const edge = new ImageEdge(prefix, { renditions, renderer, keyGroup, settings, … });
 *     edge.url; // https://d111111abcdef8.cloudfront.net
 */
export class ImageEdge extends pulumi.ComponentResource {
  readonly distribution: aws.cloudfront.Distribution;
  /** `https://<domain>`, without a slash at the end: of the own domain, if there is one. */
  readonly url: pulumi.Output<string>;
  /** What functions are told that remove renditions. */
  readonly renditions: Renditions;

  constructor(name: string, args: ImageEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:ImageEdge", name, recordedArgs(args), opts);
    const { bucket } = args.renditions;
    this.distribution = createDistribution(name, args, this);
    this.url = viewerUrl(this.distribution, args);
    this.renditions = {
      renditionsBucket: namedBucket(bucket),
      imageDistribution: { name: this.distribution.id, arn: this.distribution.arn },
    };
    args.renderer.letInvoke(this.distribution.arn);
    answerPreflights(`${name}-renditions-cors`, bucket, args.allowedOrigins, this);
    storeErrorPage(`${name}-forbidden`, forbidden, bucket, this);
    storeErrorPage(`${name}-unavailable`, unavailable, bucket, this);
    args.renditions.attachPolicy(
      pulumi
        .all([bucket.arn, this.distribution.arn])
        .apply(([bucketArn, distributionArn]) => [
          cloudFrontRead(bucketArn, distributionArn, [
            `${renditionsRoot}*`,
            `${errorPagesPrefix}*`,
          ]),
        ]),
    );
    this.registerOutputs({ distribution: this.distribution, url: this.url });
  }
}

function createDistribution(name: string, args: ImageEdgeArgs, parent: pulumi.Resource) {
  const behaviors = createBehaviors(name, args, parent);
  return new aws.cloudfront.Distribution(
    name,
    {
      enabled: true,
      comment: "Renditions of images",
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      origins: createOrigins(name, args, parent),
      originGroups: [
        {
          originId: origins.both,
          // What S3 answers for an object that is not there, to whom may list the bucket and who may not.
          failoverCriteria: { statusCodes: [403, 404] },
          members: [{ originId: origins.stored }, { originId: origins.made }],
        },
      ],
      ...behaviors,
      customErrorResponses: [
        errorResponse(403, forbidden.key),
        ...[502, 503, 504].map((status) => errorResponse(status, unavailable.key)),
        // Else kept for ten seconds, though the renderer says that the next answer may be another.
        ...[404, 500].map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      ],
      ...viewerSettings(args),
    },
    { parent },
  );
}

/** The same status with a page in the one shape of errors, which is not kept: the next may be well. */
function errorResponse(errorCode: number, key: string) {
  return {
    errorCode,
    responseCode: errorCode,
    responsePagePath: `/${key}`,
    errorCachingMinTtl: 0,
  };
}

function createOrigins(
  name: string,
  { renditions, renderer, originShieldRegion }: ImageEdgeArgs,
  parent: pulumi.Resource,
): aws.types.input.cloudfront.DistributionOrigin[] {
  const shield = originShieldRegion ? { originShield: { enabled: true, originShieldRegion } } : {};
  return [
    {
      originId: origins.stored,
      // Origin access control signs for S3's regional REST endpoint, not for a website's.
      domainName: renditions.bucket.bucketRegionalDomainName,
      originAccessControlId: createAccessControl(`${name}-renditions`, "s3", parent).id,
      ...shield,
    },
    {
      originId: origins.made,
      domainName: renderer.url.functionUrl.apply((url) => new URL(url).host),
      originAccessControlId: createAccessControl(`${name}-renderer`, "lambda", parent).id,
      customHeaders: [{ name: originSecretHeader, value: renderer.originSecret }],
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout: renderSeconds,
        originKeepaliveTimeout: 5,
      },
      ...shield,
    },
  ];
}

/**
 * Public presets first, each by a path of its own: a behavior is open or signed as a whole. Error
 * pages are open, as CloudFront fetches them for viewers who have no signature. Nothing else is there,
 * and that is told to nobody without a signature either.
 */
function createBehaviors(
  name: string,
  { keyGroup, settings, allowedOrigins, hsts = "host" }: ImageEdgeArgs,
  parent: pulumi.Resource,
) {
  const common = {
    viewerProtocolPolicy: "https-only",
    allowedMethods: [...readMethods, "OPTIONS"],
    cachedMethods: readMethods,
    // Images are compressed already, and CloudFront leaves them alone; error bodies are not.
    compress: true,
    cachePolicyId: createCachePolicy(name, caching, parent).id,
    originRequestPolicyId: corsS3Origin,
    responseHeadersPolicyId: createHeadersPolicy(
      name,
      { origins: allowedOrigins, exposeHeaders: ["ETag", "X-Amz-Cf-Id", "Content-Disposition"] },
      hsts,
      parent,
    ).id,
  };
  const functions = new EdgeFunctions(name, { settings, allowedOrigins }, { parent });
  const images = {
    ...common,
    targetOriginId: origins.both,
    functionAssociations: functions.associations,
  };
  const signed = { trustedKeyGroups: [keyGroup.id] };
  const stored = { ...common, targetOriginId: origins.stored };
  return {
    orderedCacheBehaviors: [
      ...settings.publicPresets.map((preset) => ({
        ...images,
        pathPattern: `/${renditionsRoot}*/${preset}`,
      })),
      { ...images, ...signed, pathPattern: `/${renditionsRoot}*` },
      { ...stored, pathPattern: `/${errorPagesPrefix}*` },
    ],
    defaultCacheBehavior: { ...stored, ...signed },
  };
}
