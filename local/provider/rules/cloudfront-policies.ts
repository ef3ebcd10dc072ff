import {
  arn,
  atLeastOneOf,
  between,
  block,
  conflicts,
  decimal,
  flag,
  integer,
  length,
  list,
  map,
  matches,
  oneOf,
  required,
  text,
  typeRules,
} from "./rule";
import type { Argument, RulesByType } from "./rule";

const items: Argument = block({ items: list(text()) });

const keyName = matches(/^[\w-]+$/, "consist of letters, digits, underscores and hyphens");

/** What the provider accepts of CloudFront's policies, keys and functions. */
export const cloudfrontPolicyRules: RulesByType = {
  "aws:cloudfront/cachePolicy:CachePolicy": typeRules({
    comment: text(),
    defaultTtl: integer(),
    maxTtl: integer(),
    minTtl: integer(),
    name: text(),
    parametersInCacheKeyAndForwardedToOrigin: required(
      block({
        cookiesConfig: required(
          block({
            cookieBehavior: required(text(oneOf("none", "whitelist", "allExcept", "all"))),
            cookies: items,
          }),
        ),
        enableAcceptEncodingBrotli: flag(),
        enableAcceptEncodingGzip: flag(),
        headersConfig: required(
          block({
            headerBehavior: text(oneOf("none", "whitelist")),
            headers: items,
          }),
        ),
        queryStringsConfig: required(
          block({
            queryStringBehavior: required(text(oneOf("none", "whitelist", "allExcept", "all"))),
            queryStrings: items,
          }),
        ),
      }),
    ),
  }),
  "aws:cloudfront/function:Function": typeRules({
    code: required(text()),
    comment: text(),
    keyValueStoreAssociations: list(text(arn())),
    name: text(),
    publish: flag(),
    runtime: required(text(oneOf("cloudfront-js-1.0", "cloudfront-js-2.0"))),
    tags: map(),
  }),
  "aws:cloudfront/keyGroup:KeyGroup": typeRules({
    comment: text(),
    items: required(list(text())),
    name: text(),
  }),
  "aws:cloudfront/originAccessControl:OriginAccessControl": typeRules({
    description: text(length(0, 256)),
    name: text(length(1, 64)),
    originAccessControlOriginType: required(
      text(oneOf("s3", "mediastore", "mediapackagev2", "lambda")),
    ),
    signingBehavior: required(text(oneOf("never", "always", "no-override"))),
    signingProtocol: required(text(oneOf("sigv4"))),
  }),
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": typeRules({
    comment: text(),
    cookiesConfig: required(
      block({
        cookieBehavior: required(text(oneOf("none", "whitelist", "all", "allExcept"))),
        cookies: items,
      }),
    ),
    headersConfig: required(
      block({
        headerBehavior: text(
          oneOf("none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept"),
        ),
        headers: items,
      }),
    ),
    name: text(),
    queryStringsConfig: required(
      block({
        queryStringBehavior: required(text(oneOf("none", "whitelist", "all", "allExcept"))),
        queryStrings: items,
      }),
    ),
  }),
  "aws:cloudfront/publicKey:PublicKey": typeRules(
    {
      comment: text(),
      encodedKey: required(text()),
      name: text(keyName, length(0, 128)),
      namePrefix: text(keyName, length(0, 102)),
    },
    conflicts("name", "namePrefix"),
  ),
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": typeRules(
    {
      comment: text(),
      corsConfig: block({
        accessControlAllowCredentials: required(flag()),
        accessControlAllowHeaders: required(items),
        accessControlAllowMethods: required(items),
        accessControlAllowOrigins: required(items),
        accessControlExposeHeaders: items,
        accessControlMaxAgeSec: integer(),
        originOverride: required(flag()),
      }),
      customHeadersConfig: block({
        items: list(
          block({
            header: required(text()),
            override: required(flag()),
            value: required(text()),
          }),
        ),
      }),
      name: text(),
      removeHeadersConfig: block({
        items: list(
          block({
            header: required(text()),
          }),
        ),
      }),
      securityHeadersConfig: block({
        contentSecurityPolicy: block({
          contentSecurityPolicy: required(text()),
          override: required(flag()),
        }),
        contentTypeOptions: block({
          override: required(flag()),
        }),
        frameOptions: block({
          frameOption: required(text(oneOf("DENY", "SAMEORIGIN"))),
          override: required(flag()),
        }),
        referrerPolicy: block({
          override: required(flag()),
          referrerPolicy: required(
            text(
              oneOf(
                "no-referrer",
                "no-referrer-when-downgrade",
                "origin",
                "origin-when-cross-origin",
                "same-origin",
                "strict-origin",
                "strict-origin-when-cross-origin",
                "unsafe-url",
              ),
            ),
          ),
        }),
        strictTransportSecurity: block({
          accessControlMaxAgeSec: required(integer()),
          includeSubdomains: flag(),
          override: required(flag()),
          preload: flag(),
        }),
        xssProtection: block({
          modeBlock: flag(),
          override: required(flag()),
          protection: required(flag()),
          reportUri: text(),
        }),
      }),
      serverTimingHeadersConfig: block({
        enabled: required(flag()),
        samplingRate: required(decimal(between(0, 100))),
      }),
    },
    atLeastOneOf(
      "corsConfig",
      "customHeadersConfig",
      "removeHeadersConfig",
      "securityHeadersConfig",
      "serverTimingHeadersConfig",
    ),
  ),
};
