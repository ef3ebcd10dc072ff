import type {
  CachePolicy,
  CorsRule,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityHeaders,
  Selection,
} from "./types";

/** What AWS manages, by id. */
export type ManagedThings<T> = Readonly<Record<string, { name: string; thing: T }>>;

const none: Selection = { behavior: "none", items: [] };
const all: Selection = { behavior: "all", items: [] };
const nothing: OriginRequestPolicy = { headers: none, queryStrings: none, cookies: none };

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const cachePolicies: ManagedThings<CachePolicy> = {
  "658327ea-f89d-4fab-a63d-7e88639e58f6": {
    name: "Managed-CachingOptimized",
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
    thing: { headers: all, queryStrings: all, cookies: all },
  },
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": {
    name: "Managed-AllViewerExceptHostHeader",
    thing: {
      headers: { behavior: "allExcept", items: ["Host"] },
      queryStrings: all,
      cookies: all,
    },
  },
  "59781a5b-3903-41f3-afcb-af62929ccde1": {
    name: "Managed-CORS-CustomOrigin",
    thing: {
      ...nothing,
      headers: { behavior: "whitelist", items: ["Origin"] },
    },
  },
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": {
    name: "Managed-CORS-S3Origin",
    thing: {
      ...nothing,
      headers: {
        behavior: "whitelist",
        items: ["Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"],
      },
    },
  },
  "acba4595-bd28-49b8-b9fe-13317c0390fa": {
    name: "Managed-UserAgentRefererHeaders",
    thing: {
      ...nothing,
      headers: { behavior: "whitelist", items: ["User-Agent", "Referer"] },
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
    thing: { cors: simpleCors, headers: [], removeHeaders: [] },
  },
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd": {
    name: "Managed-CORS-With-Preflight",
    thing: {
      cors: corsWithPreflight,
      headers: [],
      removeHeaders: [],
    },
  },
  "67f7725c-6f97-4210-82d7-5512b31e9d03": {
    name: "Managed-SecurityHeadersPolicy",
    thing: { security, headers: [], removeHeaders: [] },
  },
  "e61eb60c-9c35-4d20-a928-2b84e02af89c": {
    name: "Managed-CORS-and-SecurityHeadersPolicy",
    thing: {
      cors: simpleCors,
      security,
      headers: [],
      removeHeaders: [],
    },
  },
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63": {
    name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    thing: {
      cors: corsWithPreflight,
      security,
      headers: [],
      removeHeaders: [],
    },
  },
};
