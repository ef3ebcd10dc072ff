import type { Readable } from "node:stream";
import type { Principal, RequestContext } from "../iam/types";

/** A distribution's configuration, as far as it is emulated. */
export interface DistributionConfig {
  /** A disabled distribution answers 403. */
  enabled: boolean;
  /** The object that `/` stands for, such as `index.html`. */
  defaultRootObject?: string;
  origins: readonly Origin[];
  /** Answers what no other behavior's path pattern matches. */
  defaultCacheBehavior: CacheBehavior;
  /** The first whose path pattern matches answers. */
  orderedCacheBehaviors: readonly OrderedCacheBehavior[];
  customErrorResponses: readonly CustomErrorResponse[];
}

/** An S3 bucket. */
export interface Origin {
  originId: string;
  /** The bucket's REST endpoint, such as `bucket.s3.us-east-1.amazonaws.com`. */
  domainName: string;
  /** Put in front of every path, such as `/public`. @default none */
  originPath: string;
  /** Without one, requests to the bucket are anonymous. */
  originAccessControlId?: string;
}

export type ViewerProtocolPolicy = "allow-all" | "https-only" | "redirect-to-https";

export interface CacheBehavior {
  targetOriginId: string;
  viewerProtocolPolicy: ViewerProtocolPolicy;
  /** `GET` and `HEAD`, with or without `OPTIONS`. */
  allowedMethods: readonly string[];
  /** `GET` and `HEAD`, with or without `OPTIONS`. */
  cachedMethods: readonly string[];
  compress: boolean;
  cachePolicyId: string;
  originRequestPolicyId?: string;
  responseHeadersPolicyId?: string;
}

export interface OrderedCacheBehavior extends CacheBehavior {
  /** Such as `results/*.json`: `*` stands for any characters, `?` for exactly one. */
  pathPattern: string;
}

export interface CustomErrorResponse {
  /** Status of the origin. */
  errorCode: number;
  /** Status for the viewer; given together with `responsePagePath`. */
  responseCode?: number;
  /** Path of the page to show instead, such as `/errors/404.html`. */
  responsePagePath?: string;
  /** Seconds. @default 10 */
  errorCachingMinTtl: number;
}

/** How requests to the origin are signed. */
export interface OriginAccessControl {
  signingBehavior: "always" | "never" | "no-override";
}

/** Which headers, cookies or query parameters of a request are meant. */
export interface Selection {
  behavior: "none" | "whitelist" | "allExcept" | "all";
  items: readonly string[];
}

/** The parts of a viewer's request that the origin gets to see. */
export interface OriginRequestPolicy {
  headers: Selection;
  queryStrings: Selection;
  cookies: Selection;
}

/** What makes a cache key and how long things stay; what is in the key goes to the origin, too. */
export interface CachePolicy extends OriginRequestPolicy {
  /** Seconds, as the other two. */
  minTtl: number;
  defaultTtl: number;
  maxTtl: number;
  gzip: boolean;
  brotli: boolean;
}

/** A header that CloudFront adds to responses. */
export interface HeaderRule {
  header: string;
  value: string;
  /** Whether it replaces the origin's header of that name. */
  override: boolean;
}

export interface CorsRule {
  allowCredentials: boolean;
  allowHeaders: readonly string[];
  allowMethods: readonly string[];
  /** Origins such as `https://*.example.com`, or `*`. */
  allowOrigins: readonly string[];
  exposeHeaders: readonly string[];
  /** Seconds. */
  maxAgeSeconds?: number;
  /** Whether the origin's own CORS headers are replaced; if not, they win altogether. */
  originOverride: boolean;
}

export interface ResponseHeadersPolicy {
  cors?: CorsRule;
  headers: readonly HeaderRule[];
  removeHeaders: readonly string[];
}

/** Headers by lower-case name. */
export type Headers = Record<string, string>;

/** A request to a bucket. */
export interface OriginRequest {
  principal: Principal;
  method: "GET" | "OPTIONS";
  bucket: string;
  key: string;
  query: URLSearchParams;
  headers: Headers;
  context: RequestContext;
}

/** What the bucket answers, errors included. */
export interface OriginResponse {
  status: number;
  headers?: Readonly<Record<string, string | undefined>>;
  body?: string | Buffer | Readable;
}

/** What CloudFront needs of S3. */
export interface ObjectStore {
  handle(request: OriginRequest): Promise<OriginResponse>;
}

/** A response with its whole body. */
export interface WholeResponse {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** A request to a distribution. */
export interface ViewerRequest {
  method: string;
  /** As received, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** Whether it came over TLS. */
  secure: boolean;
}
