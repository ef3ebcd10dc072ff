import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import type { FunctionEventType } from "./functions/types";
import type { Origins } from "./origins";
import { pathMatcher } from "./path-pattern";
import type { Policies } from "./policies";
import { type AppliedPolicy, withSecurityHeaders } from "./security-headers";
import type {
  CacheBehavior,
  CachePolicy,
  DistributionConfig,
  OrderedCacheBehavior,
  OriginClient,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from "./types";

/** A cache behavior whose origin and policies have been looked up. */
export interface Behavior {
  matches: (path: string) => boolean;
  viewerProtocolPolicy: ViewerProtocolPolicy;
  allowedMethods: readonly string[];
  cachedMethods: readonly string[];
  compress: boolean;
  origin: OriginClient;
  cachePolicy: CachePolicy;
  originRequestPolicy: OriginRequestPolicy | undefined;
  responseHeadersPolicy: AppliedPolicy | undefined;
  /** Empty where everybody may ask. */
  trustedKeyGroupIds: readonly string[];
  /** ARNs of functions. */
  functions: Partial<Record<FunctionEventType, string>>;
}

/**
 * All behaviors of a distribution in the order in which they are tried; the last matches always.
 *
 * @throws AwsError for an origin or a policy that does not exist, or a method that is not emulated.
 */
export function behaviorsOf(
  { orderedCacheBehaviors, defaultCacheBehavior }: DistributionConfig,
  policies: Policies,
  origins: Origins,
): Behavior[] {
  return [...orderedCacheBehaviors, { ...defaultCacheBehavior, pathPattern: "*" }].map((behavior) =>
    resolve(behavior, policies, origins),
  );
}

/** Where a URL parser would find `.` or `..`, and a backslash, which it takes for a slash. */
const dotSegments = /\/(?:\.|%2e)|\\/i;

/** The first behavior that matches a percent-encoded path. */
export function behaviorFor(behaviors: readonly Behavior[], path: string): Behavior {
  // Dot segments are resolved for this match only; the origin sees the path as it came.
  const normalized = dotSegments.test(path) ? new URL(`http://host${path}`).pathname : path;
  const behavior = behaviors.find(({ matches }) => matches(normalized));
  if (behavior === undefined) {
    throw new Error(`no cache behavior matches ${path}`);
  }
  return behavior;
}

function resolve(behavior: OrderedCacheBehavior, policies: Policies, origins: Origins): Behavior {
  checkMethods(behavior);
  const { trustedKeyGroupIds = [] } = behavior;
  for (const id of trustedKeyGroupIds) {
    policies.keyGroups.get(id);
  }
  const responseHeaders = policies.responseHeaders.find(behavior.responseHeadersPolicyId);
  return {
    matches: pathMatcher(behavior.pathPattern),
    viewerProtocolPolicy: behavior.viewerProtocolPolicy,
    allowedMethods: behavior.allowedMethods,
    cachedMethods: behavior.cachedMethods,
    compress: behavior.compress,
    origin: origins.get(behavior.targetOriginId),
    cachePolicy: policies.cache.get(behavior.cachePolicyId),
    originRequestPolicy: policies.originRequest.find(behavior.originRequestPolicyId),
    responseHeadersPolicy: responseHeaders && withSecurityHeaders(responseHeaders),
    trustedKeyGroupIds,
    functions: functionsOf(behavior, policies),
  };
}

function functionsOf(
  { functionAssociations = [] }: CacheBehavior,
  policies: Policies,
): Behavior["functions"] {
  for (const { functionArn } of functionAssociations) {
    policies.functions.get(functionArn);
  }
  const arns = functionAssociations.map(({ eventType, functionArn }) => [eventType, functionArn]);
  return Object.fromEntries(arns) as Behavior["functions"];
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
