import type { KeyObject } from "node:crypto";
import type { Structure } from "../api/output";
import type { Entry } from "./registry";
import { itemsOf, listed } from "./shown";
import type {
  CachePolicy,
  CorsRule,
  OriginAccessControl,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityHeaders,
  Selection,
} from "./types";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
export function cachePolicyConfig({ thing, ...entry }: Entry<CachePolicy>): Structure {
  return {
    Comment: entry.comment,
    Name: entry.name,
    DefaultTTL: thing.defaultTtl,
    MaxTTL: thing.maxTtl,
    MinTTL: thing.minTtl,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: thing.gzip,
      EnableAcceptEncodingBrotli: thing.brotli,
      ...selections(thing),
    },
  };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html */
export function originRequestConfig({ thing, ...entry }: Entry<OriginRequestPolicy>): Structure {
  return { Comment: entry.comment, Name: entry.name, ...selections(thing) };
}

function selections({ headers, cookies, queryStrings }: OriginRequestPolicy): Structure {
  const behavior = headers.behavior === "all" ? "allViewer" : headers.behavior;
  return {
    HeadersConfig: { HeaderBehavior: behavior, ...selected("Headers", headers) },
    CookiesConfig: { CookieBehavior: cookies.behavior, ...selected("Cookies", cookies) },
    QueryStringsConfig: {
      QueryStringBehavior: queryStrings.behavior,
      ...selected("QueryStrings", queryStrings),
    },
  };
}

function selected(member: string, { items }: Selection): Structure {
  return items.length > 0 ? { [member]: listed("Name", items) } : {};
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html */
export function responseHeadersConfig({
  thing,
  ...entry
}: Entry<ResponseHeadersPolicy>): Structure {
  const { cors, security = {}, headers, removeHeaders } = thing;
  const custom = headers.map(({ header, value, override }) => ({
    Header: header,
    Value: value,
    Override: override,
  }));
  const removed = removeHeaders.map((header) => ({ Header: header }));
  return {
    Comment: entry.comment,
    Name: entry.name,
    CorsConfig: cors && corsConfig(cors),
    SecurityHeadersConfig: Object.keys(security).length > 0 ? securityConfig(security) : undefined,
    CustomHeadersConfig:
      custom.length > 0 ? listed("ResponseHeadersPolicyCustomHeader", custom) : undefined,
    RemoveHeadersConfig:
      removed.length > 0 ? listed("ResponseHeadersPolicyRemoveHeader", removed) : undefined,
  };
}

function corsConfig(rule: CorsRule): Structure {
  return {
    AccessControlAllowOrigins: listed("Origin", rule.allowOrigins),
    AccessControlAllowHeaders: listed("Header", rule.allowHeaders),
    AccessControlAllowMethods: listed("Method", rule.allowMethods),
    AccessControlAllowCredentials: rule.allowCredentials,
    AccessControlExposeHeaders:
      rule.exposeHeaders.length > 0 ? listed("Header", rule.exposeHeaders) : undefined,
    AccessControlMaxAgeSec: rule.maxAgeSeconds,
    OriginOverride: rule.originOverride,
  };
}

function securityConfig(settings: SecurityHeaders): Structure {
  const { xssProtection, frameOptions, referrerPolicy, contentSecurityPolicy } = settings;
  const { contentTypeOptions, strictTransportSecurity } = settings;
  return {
    XSSProtection: xssProtection && {
      Override: xssProtection.override,
      Protection: xssProtection.protection,
      ModeBlock: xssProtection.modeBlock,
      ReportUri: xssProtection.reportUri,
    },
    FrameOptions: frameOptions && {
      Override: frameOptions.override,
      FrameOption: frameOptions.frameOption,
    },
    ReferrerPolicy: referrerPolicy && {
      Override: referrerPolicy.override,
      ReferrerPolicy: referrerPolicy.referrerPolicy,
    },
    ContentSecurityPolicy: contentSecurityPolicy && {
      Override: contentSecurityPolicy.override,
      ContentSecurityPolicy: contentSecurityPolicy.contentSecurityPolicy,
    },
    ContentTypeOptions: contentTypeOptions && { Override: contentTypeOptions.override },
    StrictTransportSecurity: strictTransportSecurity && {
      Override: strictTransportSecurity.override,
      IncludeSubdomains: strictTransportSecurity.includeSubdomains,
      Preload: strictTransportSecurity.preload,
      AccessControlMaxAgeSec: strictTransportSecurity.accessControlMaxAgeSec,
    },
  };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html */
export function accessControlConfig({ thing, ...entry }: Entry<OriginAccessControl>): Structure {
  return {
    Name: entry.name,
    Description: entry.comment,
    SigningProtocol: "sigv4",
    SigningBehavior: thing.signingBehavior,
    OriginAccessControlOriginType: thing.originType,
  };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_KeyGroupConfig.html */
export function keyGroupConfig({ thing, ...entry }: Entry<readonly string[]>): Structure {
  return { Name: entry.name, ...itemsOf("PublicKey", thing), Comment: entry.comment };
}

/** The key as OpenSSL writes it. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKeyConfig.html */
export function publicKeyConfig({ thing, ...entry }: Entry<KeyObject>): Structure {
  return {
    CallerReference: entry.callerReference ?? entry.id,
    Name: entry.name,
    EncodedKey: thing.export({ type: "spki", format: "pem" }).toString(),
    Comment: entry.comment,
  };
}
