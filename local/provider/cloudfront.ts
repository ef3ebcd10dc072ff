import { z } from "zod";
import { globalArn } from "../aws/arn";
import type { CloudFront } from "../aws/cloudfront/cloudfront";
import { securityHeaderRules } from "../aws/cloudfront/security-headers";
import type { CorsRule, ResponseHeadersPolicy } from "../aws/cloudfront/types";
import {
  checkCachePolicy,
  checkResponseHeadersPolicy,
  checkSelections,
} from "../aws/cloudfront/check-policies";
import { checkDistribution } from "../aws/cloudfront/check-distribution";
import { uuidOf } from "../aws/derived-uuid";
import type { Account } from "../aws/types";
import {
  cachePolicyInputs,
  distributionInputs,
  originAccessControlInputs,
  originRequestPolicyInputs,
  responseHeadersPolicyInputs,
} from "./cloudfront-inputs";
import { NotEmulated } from "./refuse-inputs";
import type {
  PlannedResource,
  Properties,
  ResourceRequest,
  ResourceState,
  ResourceTypes,
} from "./resource";

/** The zone of all distributions, for alias records. */
const hostedZoneId = "Z2FDTNDATAQYW2";

/** Where the parts of CloudFront are created. */
interface Context {
  cloudFront: CloudFront;
  account: Account;
  request: ResourceRequest;
}

/** The resource types of CloudFront. */
export function cloudfrontResources(cloudFront: CloudFront, account: Account): ResourceTypes {
  const plans = (plan: (context: Context) => PlannedResource | Promise<PlannedResource>) => {
    return (request: ResourceRequest) => plan({ cloudFront, account, request });
  };
  return {
    "aws:cloudfront/cachePolicy:CachePolicy": plans(planCachePolicy),
    "aws:cloudfront/distribution:Distribution": plans(planDistribution),
    "aws:cloudfront/originAccessControl:OriginAccessControl": plans(planOriginAccessControl),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": plans(planOriginRequestPolicy),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": plans(planResponseHeadersPolicy),
  };
}

async function planDistribution(context: Context): Promise<PlannedResource> {
  const { cloudFront, account, request } = context;
  const { tags, ...inputs } = parse(distributionInputs, request);
  checkDistribution(inputs);
  const id = shortId(request, "id");
  return {
    id,
    outputs: {
      httpVersion: "http2",
      priceClass: "PriceClass_All",
      retainOnDelete: false,
      waitForDeployment: true,
      ...request.inputs,
      arn: globalArn(account, "cloudfront", `distribution/${id}`),
      callerReference: request.stableId("callerReference", 26, "0123456789"),
      continuousDeploymentPolicyId: "",
      domainName: await cloudFront.domainNameOf(id),
      etag: shortId(request, "etag"),
      hostedZoneId,
      inProgressValidationBatches: 0,
      lastModifiedTime: new Date().toISOString(),
      status: "Deployed",
      tagsAll: tags ?? {},
      trustedKeyGroups: [{ enabled: false }],
      trustedSigners: [{ enabled: false }],
    },
    create: () => cloudFront.createDistribution(id, inputs),
    remove: () => {
      cloudFront.deleteDistribution(id);
    },
  };
}

function planOriginAccessControl(context: Context): PlannedResource {
  const { signingBehavior } = parse(originAccessControlInputs, context.request);
  const id = shortId(context.request, "id");
  return {
    ...named(context, "origin-access-control", id),
    create: () => {
      context.cloudFront.policies.originAccess.set(id, { signingBehavior });
    },
    remove: () => {
      context.cloudFront.policies.originAccess.delete(id);
    },
  };
}

function planCachePolicy(context: Context): PlannedResource {
  const { minTtl, defaultTtl, maxTtl, ...inputs } = parse(cachePolicyInputs, context.request);
  const parameters = inputs.parametersInCacheKeyAndForwardedToOrigin;
  const id = longId(context.request);
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
      context.cloudFront.policies.cache.set(id, policy);
    },
    remove: () => {
      context.cloudFront.policies.cache.delete(id);
    },
  };
}

function planOriginRequestPolicy(context: Context): PlannedResource {
  const inputs = parse(originRequestPolicyInputs, context.request);
  const id = longId(context.request);
  const policy = {
    headers: inputs.headersConfig,
    queryStrings: inputs.queryStringsConfig,
    cookies: inputs.cookiesConfig,
  };
  checkSelections(policy);
  return {
    ...named(context, "origin-request-policy", id),
    create: () => {
      context.cloudFront.policies.originRequest.set(id, policy);
    },
    remove: () => {
      context.cloudFront.policies.originRequest.delete(id);
    },
  };
}

function planResponseHeadersPolicy(context: Context): PlannedResource {
  const inputs = parse(responseHeadersPolicyInputs, context.request);
  const id = longId(context.request);
  const policy: ResponseHeadersPolicy = {
    cors: inputs.corsConfig && corsRule(inputs.corsConfig),
    headers: [
      ...securityHeaderRules(inputs.securityHeadersConfig ?? {}),
      ...(inputs.customHeadersConfig?.items ?? []),
    ],
    removeHeaders: (inputs.removeHeadersConfig?.items ?? []).map(({ header }) => header),
  };
  checkResponseHeadersPolicy(policy);
  return {
    ...named(context, "response-headers-policy", id),
    create: () => {
      context.cloudFront.policies.responseHeaders.set(id, policy);
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

/** The state of a resource that has a name, an ARN and an entity tag. */
function named(
  { account, request }: Context,
  kind: string,
  id: string,
  defaults: Properties = {},
): ResourceState {
  const arn = globalArn(account, "cloudfront", `${kind}/${id}`);
  const name = request.physicalName();
  const etag = shortId(request, "etag");
  return { id, outputs: { ...defaults, ...request.inputs, name, arn, etag } };
}

/** @throws NotEmulated that lists every input that the local CloudFront has not. */
function parse<T>(schema: z.ZodType<T>, request: ResourceRequest): T {
  const result = schema.safeParse(request.inputs);
  if (!result.success) {
    throw new NotEmulated(request, result.error.issues.flatMap(whatIsMissing).join(", "));
  }
  return result.data;
}

/** The rules of the provider have been kept: what the schemas have not is not emulated. */
function whatIsMissing(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => (path === "" ? key : `${path}.${key}`));
  }
  const isLeftOut = issue.code === "invalid_type" && issue.input === undefined;
  return [isLeftOut ? `${path} left out` : path];
}

/** Such as `E2QWRUHAPOMQZL`. */
function shortId(request: ResourceRequest, purpose: string): string {
  return `E${request.stableId(purpose, 13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`;
}

/** A UUID, as policies have it. */
function longId(request: ResourceRequest): string {
  return uuidOf(request.stableId("id", 32, "0123456789abcdef"));
}
