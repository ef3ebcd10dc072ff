import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { matchesPath } from "./path-pattern";
import type { Policies } from "./policies";
import { bucketOf } from "./s3-origin";
import type { S3Origin } from "./s3-origin";
import type {
  CacheBehavior,
  CachePolicy,
  DistributionConfig,
  OrderedCacheBehavior,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "./types";

/** A cache behavior whose origin and policies have been looked up. */
export interface Behavior {
  /** `*` for the default behavior. */
  pathPattern: string;
  viewerProtocolPolicy: ViewerProtocolPolicy;
  allowedMethods: readonly string[];
  cachedMethods: readonly string[];
  compress: boolean;
  origin: S3Origin;
  cachePolicy: CachePolicy;
  originRequestPolicy: OriginRequestPolicy | undefined;
  responseHeadersPolicy: ResponseHeadersPolicy | undefined;
}

/** Where a distribution's behaviors come from. */
export interface BehaviorContext extends Pick<S3Origin, "distributionArn" | "account"> {
  config: DistributionConfig;
  policies: Policies;
}

/**
 * All behaviors of a distribution in the order in which they are tried; the last matches always.
 *
 * @throws AwsError for an origin or a policy that does not exist, or a method that is not emulated.
 */
export function behaviorsOf(context: BehaviorContext): Behavior[] {
  const { orderedCacheBehaviors, defaultCacheBehavior } = context.config;
  return [...orderedCacheBehaviors, { ...defaultCacheBehavior, pathPattern: "*" }].map((behavior) =>
    resolve(context, behavior),
  );
}

/** The first behavior that matches a percent-encoded path. */
export function behaviorFor(behaviors: readonly Behavior[], path: string): Behavior {
  // Dot segments are resolved for this match only; the origin sees the path as it came.
  const normalized = new URL(`http://host${path}`).pathname;
  const behavior = behaviors.find(({ pathPattern }) => matchesPath(pathPattern, normalized));
  if (behavior === undefined) {
    throw new Error(`no cache behavior matches ${path}`);
  }
  return behavior;
}

function resolve(context: BehaviorContext, behavior: OrderedCacheBehavior): Behavior {
  const { policies } = context;
  checkMethods(behavior);
  return {
    pathPattern: behavior.pathPattern,
    viewerProtocolPolicy: behavior.viewerProtocolPolicy,
    allowedMethods: behavior.allowedMethods,
    cachedMethods: behavior.cachedMethods,
    compress: behavior.compress,
    origin: originOf(context, behavior),
    cachePolicy: policies.cache.get(behavior.cachePolicyId),
    originRequestPolicy: policies.originRequest.find(behavior.originRequestPolicyId),
    responseHeadersPolicy: policies.responseHeaders.find(behavior.responseHeadersPolicyId),
  };
}

function originOf(context: BehaviorContext, { targetOriginId }: CacheBehavior): S3Origin {
  const { config, policies, account, distributionArn } = context;
  const origin = config.origins.find(({ originId }) => originId === targetOriginId);
  if (origin === undefined) {
    const message = `No origin with the ID ${targetOriginId} exists in the distribution`;
    throw new AwsError("NoSuchOrigin", message, 404);
  }
  const access = policies.originAccess.find(origin.originAccessControlId);
  // `no-override` lets a viewer's own signature through where it is forwarded; here it never is.
  const signed = access !== undefined && access.signingBehavior !== "never";
  return { origin, bucket: bucketOf(origin), signed, distributionArn, account };
}

const allMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

function checkMethods({ allowedMethods, cachedMethods }: CacheBehavior): void {
  for (const methods of [allowedMethods, cachedMethods]) {
    if (!methods.includes("GET") || !methods.includes("HEAD")) {
      throw new AwsError("InvalidArgument", "The methods must include GET and HEAD");
    }
    const unknown = methods.find((method) => !allMethods.includes(method));
    if (unknown !== undefined) {
      throw new AwsError("InvalidArgument", `${unknown} is none of ${allMethods.join(", ")}`);
    }
  }
  const writing = allowedMethods.filter((method) => !["GET", "HEAD", "OPTIONS"].includes(method));
  if (writing.length > 0) {
    throw notEmulated(`${writing.join(", ")} to origins`);
  }
}
