import type {
  CachePolicy,
  CorsRule,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityHeaders,
  Selection,
} from "./types";

/** The version that all of these have. */
export const managedEtag = "E23ZP02F085DFQ";

/** The time at which AWS says that all of these were changed. */
export const managedTime = new Date(0);

/** What AWS manages, by id, with what AWS says of it. */
export type ManagedThings<T> = Readonly<
  Record<string, { name: string; comment: string; thing: T }>
>;

const none: Selection = { behavior: "none", items: [] };
const all: Selection = { behavior: "all", items: [] };
const nothing: OriginRequestPolicy = { headers: none, queryStrings: none, cookies: none };

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const cachePolicies: ManagedThings<CachePolicy> = {
  "658327ea-f89d-4fab-a63d-7e88639e58f6": {
    name: "Managed-CachingOptimized",
    comment: "Policy with caching enabled. Supports Gzip and Brotli compression.",
    thing: {
      ...nothing,
      minTtl: 1,
      defaultTtl: 86_400,
      maxTtl: 31_536_000,
      gzip: true,
      brotli: true,
    },
  },
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": {
    name: "Managed-CachingOptimizedForUncompressedObjects",
    comment: "Default policy when compression is disabled",
    thing: {
      ...nothing,
      minTtl: 1,
      defaultTtl: 86_400,
      maxTtl: 31_536_000,
      gzip: false,
      brotli: false,
    },
  },
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": {
    name: "Managed-CachingDisabled",
    comment: "Policy with caching disabled",
    thing: {
      ...nothing,
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: 0,
      gzip: false,
      brotli: false,
    },
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const originRequestPolicies: ManagedThings<OriginRequestPolicy> = {
  "216adef6-5c7f-47e4-b989-5492eafa07d3": {
    name: "Managed-AllViewer",
    comment: "Policy to forward all parameters in viewer requests",
    thing: { headers: all, queryStrings: all, cookies: all },
  },
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": {
    name: "Managed-AllViewerExceptHostHeader",
    comment: "Policy to forward all parameters in viewer requests except for the Host header",
    thing: {
      headers: { behavior: "allExcept", items: ["host"] },
      queryStrings: all,
      cookies: all,
    },
  },
  "59781a5b-3903-41f3-afcb-af62929ccde1": {
    name: "Managed-CORS-CustomOrigin",
    comment: "Policy for custom origin with CORS",
    thing: {
      ...nothing,
      headers: { behavior: "whitelist", items: ["origin"] },
    },
  },
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": {
    name: "Managed-CORS-S3Origin",
    comment: "Policy for S3 origin with CORS",
    thing: {
      ...nothing,
      headers: {
        behavior: "whitelist",
        items: ["origin", "access-control-request-headers", "access-control-request-method"],
      },
    },
  },
  "acba4595-bd28-49b8-b9fe-13317c0390fa": {
    name: "Managed-UserAgentRefererHeaders",
    comment: "Policy to forward user-agent and referer headers to origin",
    thing: {
      ...nothing,
      headers: { behavior: "whitelist", items: ["referer", "user-agent"] },
    },
  },
};

const simpleCors: CorsRule = {
  allowCredentials: false,
  allowHeaders: [],
  allowMethods: [],
  allowOrigins: ["*"],
  exposeHeaders: [],
  originOverride: false,
};

const corsWithPreflight: CorsRule = {
  ...simpleCors,
  allowMethods: ["ALL"],
  exposeHeaders: ["*"],
};

const security: SecurityHeaders = {
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: "SAMEORIGIN", override: false },
  referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
  strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, override: false },
  xssProtection: { protection: true, modeBlock: true, override: false },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
export const responseHeadersPolicies: ManagedThings<ResponseHeadersPolicy> = {
  "60669652-455b-4ae9-85a4-c4c02393f86c": {
    name: "Managed-SimpleCORS",
    comment: "Allows all origins for simple CORS requests",
    thing: { cors: simpleCors, headers: [], removeHeaders: [] },
  },
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd": {
    name: "Managed-CORS-With-Preflight",
    comment: "Allows all origins for CORS requests, including preflight requests",
    thing: {
      cors: corsWithPreflight,
      headers: [],
      removeHeaders: [],
    },
  },
  "67f7725c-6f97-4210-82d7-5512b31e9d03": {
    name: "Managed-SecurityHeadersPolicy",
    comment: "Adds a set of security headers to every response",
    thing: { security, headers: [], removeHeaders: [] },
  },
  "e61eb60c-9c35-4d20-a928-2b84e02af89c": {
    name: "Managed-CORS-and-SecurityHeadersPolicy",
    comment: "Allows all origins for simple CORS requests and adds security headers",
    thing: {
      cors: simpleCors,
      security,
      headers: [],
      removeHeaders: [],
    },
  },
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63": {
    name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    comment:
      "Allows all origins for CORS requests, including preflight requests, and adds security headers",
    thing: {
      cors: corsWithPreflight,
      security,
      headers: [],
      removeHeaders: [],
    },
  },
};
