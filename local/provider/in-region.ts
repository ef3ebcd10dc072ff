import type { Account } from "../aws/types";
import type { ResourceRequest } from "./resource";

/** Where CloudFront has what goes with it, wherever else a stack is. */
export const cloudFrontRegion = "us-east-1";

/** Types of resources that go with CloudFront, which a stack of another region has there. */
const typesOfCloudFront: readonly RegExp[] = [
  /^aws:acm\//,
  /^aws:wafv2\//,
  /^aws:cloudwatch\/logDelivery/,
];

/** Whether resources of a type may be in a region, where the local cloud has no other than the account's. */
export function mayBeIn(region: string, type: string, account: Account): boolean {
  const goesWithCloudFront = typesOfCloudFront.some((each) => each.test(type));
  return region === account.region || (region === cloudFrontRegion && goesWithCloudFront);
}

/** The account in the region that a resource asks for. */
export function inRegion(account: Account, { inputs }: ResourceRequest): Account {
  const { region = account.region } = inputs as { region?: string };
  return { ...account, region };
}
