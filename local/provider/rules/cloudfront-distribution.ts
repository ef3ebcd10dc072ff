import {
  accountId,
  arn,
  atLeast,
  between,
  block,
  flag,
  integer,
  length,
  list,
  map,
  matches,
  nonEmpty,
  oneOf,
  required,
  text,
  typeRules,
} from "./rule";
import type { Arguments, RulesByType } from "./rule";

/** Of a lambda or a function of CloudFront. */
const eventTypes = ["viewer-request", "viewer-response", "origin-request", "origin-response"];

const cacheBehavior: Arguments = {
  allowedMethods: required(list(text())),
  cachePolicyId: text(),
  cachedMethods: required(list(text())),
  compress: flag(),
  defaultTtl: integer(),
  fieldLevelEncryptionId: text(),
  forwardedValues: block({
    cookies: required(
      block({
        forward: required(text(oneOf("none", "whitelist", "all"))),
        whitelistedNames: list(text()),
      }),
    ),
    headers: list(text()),
    queryString: required(flag()),
    queryStringCacheKeys: list(text()),
  }),
  functionAssociations: list(
    block({
      eventType: required(text(oneOf(...eventTypes))),
      functionArn: required(text(arn())),
    }),
    { max: 2 },
  ),
  grpcConfig: block({
    enabled: flag(),
  }),
  lambdaFunctionAssociations: list(
    block({
      eventType: required(text(oneOf(...eventTypes))),
      includeBody: flag(),
      lambdaArn: required(text(arn())),
    }),
    { max: 4 },
  ),
  maxTtl: integer(),
  minTtl: integer(),
  originRequestPolicyId: text(),
  realtimeLogConfigArn: text(arn()),
  responseHeadersPolicyId: text(),
  smoothStreaming: flag(),
  targetOriginId: required(text()),
  trustedKeyGroups: list(text()),
  trustedSigners: list(text()),
  viewerProtocolPolicy: required(text(oneOf("allow-all", "https-only", "redirect-to-https"))),
};

const origin: Arguments = {
  connectionAttempts: integer(between(1, 3)),
  connectionTimeout: integer(between(1, 10)),
  customHeaders: list(
    block({
      name: required(text()),
      value: required(text()),
    }),
  ),
  customOriginConfig: block({
    httpPort: required(integer()),
    httpsPort: required(integer()),
    ipAddressType: text(oneOf("ipv4", "ipv6", "dualstack")),
    originKeepaliveTimeout: integer(atLeast(1)),
    originMtlsConfig: block({
      clientCertificateArn: required(text(arn())),
    }),
    originProtocolPolicy: required(text(oneOf("http-only", "match-viewer", "https-only"))),
    originReadTimeout: integer(atLeast(1)),
    originSslProtocols: required(list(text(oneOf("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2")))),
  }),
  domainName: required(text(nonEmpty())),
  originAccessControlId: text(nonEmpty()),
  originId: required(text(nonEmpty())),
  originPath: text(),
  originShield: block({
    enabled: required(flag()),
    originShieldRegion: text(matches(/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, "be a region")),
  }),
  responseCompletionTimeout: integer(atLeast(0)),
  s3OriginConfig: block({
    originAccessIdentity: required(text()),
  }),
  vpcOriginConfig: block({
    originKeepaliveTimeout: integer(atLeast(1)),
    originReadTimeout: integer(atLeast(1)),
    ownerAccountId: text(accountId()),
    vpcOriginId: required(text()),
  }),
};

/** What the provider accepts of a distribution. */
export const distributionRules: RulesByType = {
  "aws:cloudfront/distribution:Distribution": typeRules({
    aliases: list(text()),
    anycastIpListId: text(),
    cacheTagConfig: block({
      headerName: required(text()),
    }),
    comment: text(length(0, 128)),
    connectionFunctionAssociation: block({
      id: required(text()),
    }),
    continuousDeploymentPolicyId: text(),
    customErrorResponses: list(
      block({
        errorCachingMinTtl: integer(),
        errorCode: required(integer()),
        responseCode: integer(),
        responsePagePath: text(),
      }),
    ),
    defaultCacheBehavior: required(block(cacheBehavior)),
    defaultRootObject: text(),
    enabled: required(flag()),
    httpVersion: text(oneOf("http1.1", "http2", "http3", "http2and3")),
    isIpv6Enabled: flag(),
    loggingConfig: block({
      bucket: required(text()),
      includeCookies: flag(),
      prefix: text(),
    }),
    orderedCacheBehaviors: list(block({ ...cacheBehavior, pathPattern: required(text()) })),
    originGroups: list(
      block({
        failoverCriteria: required(
          block({
            statusCodes: required(list(integer())),
          }),
        ),
        members: required(
          list(
            block({
              originId: required(text()),
            }),
            { min: 2, max: 2 },
          ),
        ),
        originId: required(text(nonEmpty())),
      }),
    ),
    origins: required(list(block(origin), { min: 1 })),
    priceClass: text(oneOf("PriceClass_100", "PriceClass_200", "PriceClass_All", "None")),
    restrictions: required(
      block({
        geoRestriction: required(
          block({
            locations: list(text()),
            restrictionType: required(text(oneOf("blacklist", "whitelist", "none"))),
          }),
        ),
      }),
    ),
    retainOnDelete: flag(),
    staging: flag(),
    tags: map(),
    viewerCertificate: required(
      block({
        acmCertificateArn: text(arn()),
        cloudfrontDefaultCertificate: flag(),
        iamCertificateId: text(),
        minimumProtocolVersion: text(
          oneOf(
            "SSLv3",
            "TLSv1",
            "TLSv1_2016",
            "TLSv1.1_2016",
            "TLSv1.2_2018",
            "TLSv1.2_2019",
            "TLSv1.2_2021",
            "TLSv1.2_2025",
            "TLSv1.3_2025",
          ),
        ),
        sslSupportMethod: text(oneOf("sni-only", "vip", "static-ip")),
      }),
    ),
    viewerMtlsConfig: block({
      mode: text(oneOf("required", "optional")),
      trustStoreConfig: block({
        advertiseTrustStoreCaNames: flag(),
        ignoreCertificateExpiry: flag(),
        trustStoreId: required(text()),
      }),
    }),
    waitForDeployment: flag(),
    webAclId: text(),
  }),
};
