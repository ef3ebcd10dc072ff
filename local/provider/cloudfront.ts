import type { z } from "zod";
import {
  checkCachePolicy,
  checkResponseHeadersPolicy,
  checkSelections,
} from "../aws/cloudfront/check-policies";
import type { CloudFront } from "../aws/cloudfront/cloudfront";
import type { CorsRule, ResponseHeadersPolicy } from "../aws/cloudfront/types";
import type { Account } from "../aws/types";
import { described, named, shortId } from "./cloudfront-context";
import type { Context } from "./cloudfront-context";
import { planDistribution } from "./cloudfront-distribution";
import { planFunction } from "./cloudfront-function";
import {
  cachePolicyInputs,
  originAccessControlInputs,
  originRequestPolicyInputs,
  responseHeadersPolicyInputs,
} from "./cloudfront-inputs";
import { planKeyGroup, planPublicKey } from "./cloudfront-keys";
import { parse } from "./parse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";
import { stableUuid } from "./stable-uuid";

/** The resource types of CloudFront. */
export function cloudfrontResources(cloudFront: CloudFront, account: Account): ResourceTypes {
  const plans = (plan: (context: Context) => PlannedResource | Promise<PlannedResource>) => {
    return (request: ResourceRequest) => plan({ cloudFront, account, request });
  };
  return {
    "aws:cloudfront/cachePolicy:CachePolicy": plans(planCachePolicy),
    "aws:cloudfront/distribution:Distribution": plans(planDistribution),
    "aws:cloudfront/function:Function": plans(planFunction),
    "aws:cloudfront/keyGroup:KeyGroup": plans(planKeyGroup),
    "aws:cloudfront/originAccessControl:OriginAccessControl": plans(planOriginAccessControl),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": plans(planOriginRequestPolicy),
    "aws:cloudfront/publicKey:PublicKey": plans(planPublicKey),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": plans(planResponseHeadersPolicy),
  };
}

function planOriginAccessControl(context: Context): PlannedResource {
  const inputs = parse(originAccessControlInputs, context.request);
  const { originAccessControlOriginType: originType, signingBehavior, description } = inputs;
  const id = shortId(context.request, "id");
  return {
    ...named(context, "origin-access-control", id, { description }),
    create: () => {
      context.cloudFront.policies.originAccess.set(
        id,
        { originType, signingBehavior },
        { ...described(context, id), comment: description },
      );
    },
    remove: () => {
      context.cloudFront.policies.originAccess.delete(id);
    },
  };
}

function planCachePolicy(context: Context): PlannedResource {
  const { minTtl, defaultTtl, maxTtl, ...inputs } = parse(cachePolicyInputs, context.request);
  const parameters = inputs.parametersInCacheKeyAndForwardedToOrigin;
  const id = stableUuid(context.request);
  const policy = {
    minTtl,
    defaultTtl,
    maxTtl,
    gzip: parameters.enableAcceptEncodingGzip,
    brotli: parameters.enableAcceptEncodingBrotli,
    headers: parameters.headersConfig,
    queryStrings: parameters.queryStringsConfig,
    cookies: parameters.cookiesConfig,
  };
  checkCachePolicy(policy);
  return {
    ...named(context, "cache-policy", id, { minTtl, defaultTtl, maxTtl }),
    create: () => {
      context.cloudFront.policies.cache.set(id, policy, described(context, id));
    },
    remove: () => {
      context.cloudFront.policies.cache.delete(id);
    },
  };
}

function planOriginRequestPolicy(context: Context): PlannedResource {
  const inputs = parse(originRequestPolicyInputs, context.request);
  const id = stableUuid(context.request);
  const policy = {
    headers: inputs.headersConfig,
    queryStrings: inputs.queryStringsConfig,
    cookies: inputs.cookiesConfig,
  };
  checkSelections(policy);
  return {
    ...named(context, "origin-request-policy", id),
    create: () => {
      context.cloudFront.policies.originRequest.set(id, policy, described(context, id));
    },
    remove: () => {
      context.cloudFront.policies.originRequest.delete(id);
    },
  };
}

function planResponseHeadersPolicy(context: Context): PlannedResource {
  const inputs = parse(responseHeadersPolicyInputs, context.request);
  const id = stableUuid(context.request);
  const policy: ResponseHeadersPolicy = {
    cors: inputs.corsConfig && corsRule(inputs.corsConfig),
    ...(inputs.securityHeadersConfig && { security: inputs.securityHeadersConfig }),
    headers: inputs.customHeadersConfig?.items ?? [],
    removeHeaders: (inputs.removeHeadersConfig?.items ?? []).map(({ header }) => header),
  };
  checkResponseHeadersPolicy(policy);
  return {
    ...named(context, "response-headers-policy", id),
    create: () => {
      context.cloudFront.policies.responseHeaders.set(id, policy, described(context, id));
    },
    remove: () => {
      context.cloudFront.policies.responseHeaders.delete(id);
    },
  };
}

type CorsInputs = NonNullable<z.infer<typeof responseHeadersPolicyInputs>["corsConfig"]>;

function corsRule(inputs: CorsInputs): CorsRule {
  return {
    allowCredentials: inputs.accessControlAllowCredentials,
    allowHeaders: inputs.accessControlAllowHeaders.items,
    allowMethods: inputs.accessControlAllowMethods.items,
    allowOrigins: inputs.accessControlAllowOrigins.items,
    exposeHeaders: inputs.accessControlExposeHeaders?.items ?? [],
    maxAgeSeconds: inputs.accessControlMaxAgeSec,
    originOverride: inputs.originOverride,
  };
}
