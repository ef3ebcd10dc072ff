import type { Readable } from "node:stream";
import type { Principal, RequestContext } from "../iam/types";

/** A distribution's configuration, as far as it is emulated. */
export interface DistributionConfig {
  /** A disabled distribution answers 403. */
  enabled: boolean;
  /** Told, and no more. @default none */
  comment?: string;
  /** The object that `/` stands for, such as `index.html`. */
  defaultRootObject?: string;
  origins: readonly Origin[];
  /** Pairs of `origins` that behaviors can have for a target, too. @default none */
  originGroups?: readonly OriginGroup[];
  /** Answers what no other behavior's path pattern matches. */
  defaultCacheBehavior: CacheBehavior;
  /** The first whose path pattern matches answers. */
  orderedCacheBehaviors: readonly OrderedCacheBehavior[];
  customErrorResponses: readonly CustomErrorResponse[];
  /** Names of its own besides the one that CloudFront gives it. @default none */
  aliases?: readonly string[];
  /** ARN of ACM's certificate for the aliases. @default CloudFront's own certificate, which is for none */
  certificateArn?: string;
  /** Of TLS, as it was given: Node.js decides here. @default what CloudFront's own certificate has */
  minimumProtocolVersion?: string;
  /** @default everybody is served */
  geoRestriction?: GeoRestriction;
  /** ARN of a web ACL. @default none */
  webAclArn?: string;
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GeoRestriction.html */
export interface GeoRestriction {
  /** Whether the countries are all that are served, or those that are not. */
  type: "whitelist" | "blacklist";
  /** Codes of ISO 3166-1 alpha-2. */
  locations: readonly string[];
}

/** Where objects come from: an S3 bucket or, with `custom`, a server. */
export interface Origin {
  originId: string;
  /**
   * The bucket's REST endpoint, such as `bucket.s3.us-east-1.amazonaws.com`, or a host of the local
   * cloud, such as `127.0.0.1:4000`.
   */
  domainName: string;
  /** Put in front of every path, such as `/public`. @default none */
  originPath: string;
  /** Without one, requests are anonymous. */
  originAccessControlId?: string;
  /** Sent with every request; they replace headers of the viewer. @default none */
  customHeaders?: readonly OriginHeader[];
  /** How to talk to a server; without it, the origin is a bucket. */
  custom?: CustomOriginConfig;
}

export interface OriginHeader {
  name: string;
  value: string;
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html */
export interface CustomOriginConfig {
  /** Which port is meant where the domain name has none. */
  protocolPolicy: "http-only" | "https-only" | "match-viewer";
  httpPort: number;
  httpsPort: number;
  /** How long to wait for a response, and for each next part of it. @default 30 */
  readTimeoutSeconds: number;
  /** How often to try to connect, and to get a response in time; 1–3. @default 3 */
  connectionAttempts: number;
  /** How long each of them may take to connect; 1–10. @default 10 */
  connectionTimeoutSeconds: number;
  /** How long the whole of it may take, attempts included. @default as long as it takes */
  completionTimeoutSeconds?: number;
}

/** Asks a second origin where the first fails. */
export interface OriginGroup {
  /** What behaviors name it by. */
  originId: string;
  /** Statuses of the first origin by which it has failed, such as 403. */
  failoverStatusCodes: readonly number[];
  /** Ids of the first and of the second origin. */
  memberIds: readonly string[];
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
  /** With any, requests have to be signed by a key of one of these groups. @default none */
  trustedKeyGroupIds?: readonly string[];
  /** At most one for each type of event. @default none */
  functionAssociations?: readonly FunctionAssociation[];
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_FunctionAssociation.html */
export interface FunctionAssociation {
  /** CloudFront Functions run for `viewer-request` and `viewer-response` only. */
  eventType: string;
  functionArn: string;
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
  originType: "s3" | "lambda";
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

/** The security headers of a response headers policy; each is left out unless it is given. */
export interface SecurityHeaders {
  contentSecurityPolicy?: { contentSecurityPolicy: string; override: boolean };
  contentTypeOptions?: { override: boolean };
  frameOptions?: { frameOption: string; override: boolean };
  referrerPolicy?: { referrerPolicy: string; override: boolean };
  strictTransportSecurity?: {
    /** Seconds. */
    accessControlMaxAgeSec: number;
    includeSubdomains?: boolean;
    preload?: boolean;
    override: boolean;
  };
  xssProtection?: {
    protection: boolean;
    modeBlock?: boolean;
    reportUri?: string;
    override: boolean;
  };
}

export interface ResponseHeadersPolicy {
  cors?: CorsRule;
  /** @default none */
  security?: SecurityHeaders;
  /** Beside those of `security`. */
  headers: readonly HeaderRule[];
  removeHeaders: readonly string[];
}

/** Headers by lower-case name. */
export type Headers = Record<string, string>;

/** Parameters as they came, such as `width=640`, still percent-encoded. */
export type Query = readonly string[];

/** The whole object is asked for even by HEAD: the answer serves a GET, too. */
export type OriginMethod = "GET" | "OPTIONS";

/** What to ask of an origin. */
export interface OriginCall {
  method: OriginMethod;
  /** Percent-encoded. */
  path: string;
  query: Query;
  headers: Headers;
  /** Whether the viewer speaks HTTPS. */
  secure: boolean;
  /** IP address of the viewer. */
  viewerAddress: string;
}

/** Something that answers in the cache's stead. */
export interface OriginClient {
  /** @throws OriginFailure when there is no response. */
  ask(call: OriginCall): Promise<WholeResponse>;
}

/** A request to a bucket. */
export interface OriginRequest {
  principal: Principal;
  method: OriginMethod;
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
  /** Values of `Set-Cookie`, which is no part of the headers. @default none */
  cookies?: readonly string[];
  body: Buffer;
}

/** A request to a distribution. */
export interface ViewerRequest {
  method: string;
  /** As received, still percent-encoded. */
  path: string;
  query: Query;
  headers: Headers;
  /** Whether it came over TLS, or counts as if it had. */
  secure: boolean;
  /** IP address. */
  address: string;
}
