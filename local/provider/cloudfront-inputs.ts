import { z } from "zod";

/*
 * The inputs of CloudFront's resources as far as the local CloudFront emulates them, by the names
 * of the Pulumi provider. What is not listed is refused, so that nothing is silently without effect.
 */

/** Accepted without effect: it changes nothing that a viewer on this machine could tell. */
const noEffect = z.unknown().optional();

const strings = z.array(z.string());
const items = z.strictObject({ items: strings.optional() }).optional();

const methods = z.array(z.string());

const cacheBehavior = z.strictObject({
  targetOriginId: z.string(),
  viewerProtocolPolicy: z.enum(["allow-all", "https-only", "redirect-to-https"]),
  allowedMethods: methods,
  cachedMethods: methods,
  compress: z.boolean().default(false),
  cachePolicyId: z.string(),
  originRequestPolicyId: z.string().optional(),
  responseHeadersPolicyId: z.string().optional(),
  trustedKeyGroups: strings.optional(),
  functionAssociations: z
    .array(z.strictObject({ eventType: z.string(), functionArn: z.string() }))
    .optional(),
});

const customOriginConfig = z.strictObject({
  httpPort: z.number(),
  httpsPort: z.number(),
  originProtocolPolicy: z.enum(["http-only", "https-only", "match-viewer"]),
  originReadTimeout: z.number().default(30),
  // Connections stay open as long as the server lets them.
  originKeepaliveTimeout: noEffect,
  // The local cloud's servers are spoken to without TLS.
  originSslProtocols: noEffect,
});

const origin = z.strictObject({
  originId: z.string(),
  domainName: z.string(),
  originPath: z.string().default(""),
  originAccessControlId: z.string().optional(),
  // An origin access identity, the forerunner of origin access control, is not emulated.
  s3OriginConfig: z.strictObject({ originAccessIdentity: z.literal("") }).optional(),
  customOriginConfig: customOriginConfig.optional(),
  customHeaders: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  connectionAttempts: z.number().default(3),
  connectionTimeout: z.number().default(10),
  responseCompletionTimeout: z.number().optional(),
  // There is one edge location, which has the whole cache.
  originShield: noEffect,
});

const originGroup = z.strictObject({
  originId: z.string(),
  failoverCriteria: z.strictObject({ statusCodes: z.array(z.number()) }),
  members: z.array(z.strictObject({ originId: z.string() })),
});

const customErrorResponse = z.strictObject({
  errorCode: z.number(),
  responseCode: z.number().optional(),
  responsePagePath: z.string().optional(),
  errorCachingMinTtl: z.number().min(0).default(10),
});

export const distributionInputs = z.strictObject({
  enabled: z.boolean(),
  defaultRootObject: z.string().optional(),
  origins: z.array(origin).min(1),
  originGroups: z.array(originGroup).default([]),
  defaultCacheBehavior: cacheBehavior,
  orderedCacheBehaviors: z.array(cacheBehavior.extend({ pathPattern: z.string() })).default([]),
  customErrorResponses: z.array(customErrorResponse).default([]),
  restrictions: z.strictObject({
    geoRestriction: z.strictObject({
      restrictionType: z.enum(["none", "whitelist", "blacklist"]),
      locations: strings.default([]),
    }),
  }),
  viewerCertificate: z.strictObject({
    cloudfrontDefaultCertificate: z.boolean().optional(),
    acmCertificateArn: z.string().optional(),
    // By the server name alone, as here; a dedicated address would make no difference.
    sslSupportMethod: z.literal("sni-only").optional(),
    minimumProtocolVersion: z.string().optional(),
  }),
  aliases: strings.default([]),
  webAclId: z.string().optional(),
  comment: noEffect,
  httpVersion: noEffect,
  isIpv6Enabled: noEffect,
  // No access logs are written.
  loggingConfig: noEffect,
  priceClass: noEffect,
  retainOnDelete: noEffect,
  tags: z.record(z.string(), z.string()).optional(),
  waitForDeployment: noEffect,
});

export const originAccessControlInputs = z.strictObject({
  name: noEffect,
  // As the provider fills it in.
  description: z.string().default("Managed by Pulumi"),
  originAccessControlOriginType: z.enum(["s3", "lambda"]),
  signingBehavior: z.enum(["always", "never", "no-override"]),
  signingProtocol: z.literal("sigv4"),
});

export const functionInputs = z.strictObject({
  name: noEffect,
  comment: z.string().default(""),
  code: z.string(),
  publish: z.boolean().default(true),
  runtime: z.string(),
  keyValueStoreAssociations: strings.max(0).optional(),
  tags: z.record(z.string(), z.string()).optional(),
});

export const publicKeyInputs = z.strictObject({
  name: noEffect,
  namePrefix: z.string().optional(),
  comment: noEffect,
  encodedKey: z.string(),
});

export const keyGroupInputs = z.strictObject({
  name: noEffect,
  comment: noEffect,
  items: strings,
});

const cookiesConfig = z
  .strictObject({
    cookieBehavior: z.enum(["none", "whitelist", "allExcept", "all"]),
    cookies: items,
  })
  .transform(({ cookieBehavior, cookies }) => selection(cookieBehavior, cookies));

/** How origin request policies name what cache policies have not: all headers. */
const originHeaderBehaviors = {
  none: "none",
  whitelist: "whitelist",
  allViewer: "all",
  allExcept: "allExcept",
} as const;

const originHeadersConfig = z
  .strictObject({
    headerBehavior: z.enum(["none", "whitelist", "allViewer", "allExcept"]).default("none"),
    headers: items,
  })
  .transform(({ headerBehavior, headers }) =>
    selection(originHeaderBehaviors[headerBehavior], headers),
  );

const headersConfig = z
  .strictObject({ headerBehavior: z.enum(["none", "whitelist"]).default("none"), headers: items })
  .transform(({ headerBehavior, headers }) => selection(headerBehavior, headers));

const queryStringsConfig = z
  .strictObject({
    queryStringBehavior: z.enum(["none", "whitelist", "allExcept", "all"]),
    queryStrings: items,
  })
  .transform(({ queryStringBehavior, queryStrings }) =>
    selection(queryStringBehavior, queryStrings),
  );

export const cachePolicyInputs = z.strictObject({
  name: noEffect,
  comment: noEffect,
  minTtl: z.number().min(0).default(0),
  defaultTtl: z.number().default(86_400),
  maxTtl: z.number().default(31_536_000),
  parametersInCacheKeyAndForwardedToOrigin: z.strictObject({
    cookiesConfig,
    headersConfig,
    queryStringsConfig,
    enableAcceptEncodingBrotli: z.boolean().default(false),
    enableAcceptEncodingGzip: z.boolean().default(false),
  }),
});

export const originRequestPolicyInputs = z.strictObject({
  name: noEffect,
  comment: noEffect,
  cookiesConfig,
  headersConfig: originHeadersConfig,
  queryStringsConfig,
});

const override = z.boolean();
const listed = z.strictObject({ items: strings.default([]) });

const corsConfig = z.strictObject({
  accessControlAllowCredentials: z.boolean(),
  accessControlAllowHeaders: listed,
  accessControlAllowMethods: listed,
  accessControlAllowOrigins: listed,
  accessControlExposeHeaders: listed.optional(),
  accessControlMaxAgeSec: z.number().optional(),
  originOverride: override,
});

const securityHeadersConfig = z.strictObject({
  contentSecurityPolicy: z.strictObject({ contentSecurityPolicy: z.string(), override }).optional(),
  contentTypeOptions: z.strictObject({ override }).optional(),
  frameOptions: z.strictObject({ frameOption: z.string(), override }).optional(),
  referrerPolicy: z.strictObject({ referrerPolicy: z.string(), override }).optional(),
  strictTransportSecurity: z
    .strictObject({
      accessControlMaxAgeSec: z.number(),
      includeSubdomains: z.boolean().optional(),
      preload: z.boolean().optional(),
      override,
    })
    .optional(),
  xssProtection: z
    .strictObject({
      protection: z.boolean(),
      modeBlock: z.boolean().optional(),
      reportUri: z.string().optional(),
      override,
    })
    .optional(),
});

export const responseHeadersPolicyInputs = z.strictObject({
  name: noEffect,
  comment: noEffect,
  corsConfig: corsConfig.optional(),
  customHeadersConfig: z
    .strictObject({
      items: z
        .array(z.strictObject({ header: z.string(), value: z.string(), override }))
        .default([]),
    })
    .optional(),
  removeHeadersConfig: z
    .strictObject({ items: z.array(z.strictObject({ header: z.string() })).default([]) })
    .optional(),
  securityHeadersConfig: securityHeadersConfig.optional(),
});

function selection<B>(behavior: B, list: z.infer<typeof items>): { behavior: B; items: string[] } {
  return { behavior, items: list?.items ?? [] };
}
