import type { Block, CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { isKnown, maySet, textOf } from "../lib/values";

/** What one origin refuses, CloudFront asks of the other: it has to know CloudFront as well. */
export const cloudfrontDistributionRequirePrivateFailover = resourceRule({
  name: "cloudfront-distribution-require-private-failover",
  description:
    "In CloudFront origin groups, what stands in for a private origin is private as well.",
  severity: "medium",
  topic: "cloudfront",
  remediationSteps:
    "Set originAccessControlId of the origin, or give it a secret by customHeaders that it asks for.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
  types: [distributionType],
  check(distribution, report) {
    for (const group of distribution.blocks("originGroups")) {
      const members = membersOf(distribution, group);
      const hasPrivate = members.some((origin) => maySet(origin.declared("originAccessControlId")));
      for (const origin of members) {
        if (hasPrivate && !knowsCloudFront(origin)) {
          const names = [group, origin].map((block) => `"${textOf(block.declared("originId"))}"`);
          report(`has in the origin group ${names.join(" the origin ")}, which anybody may reach`);
        }
      }
    }
  },
});

function membersOf(distribution: CheckedResource, group: Block): Block[] {
  const ids = group.blocks("members").map((member) => member.known("originId"));
  return distribution.blocks("origins").filter((origin) => {
    const id = origin.known("originId");
    return isKnown(id) && ids.includes(id);
  });
}

function knowsCloudFront(origin: Block): boolean {
  return ["originAccessControlId", "customHeaders", "vpcOriginConfig"].some((property) =>
    maySet(origin.declared(property)),
  );
}
