import { RestPayload, type RestCall } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { distributionSummary } from "./distribution-xml";
import { namespace } from "./invalidation-xml";
import { listXml } from "./list-xml";
import { policyKinds, type PolicyKind } from "./policy-kinds";
import {
  apiPath,
  listPage,
  markedPageOf,
  payload,
  type CloudFrontContext,
  type CloudFrontOperation,
} from "./shown";
import type { CacheBehavior } from "./types";

/** As which those without a web ACL are asked for. */
const noWebAcl = "null";

/** What lists the distributions that use something. */
export const userRoutes: Readonly<Record<string, CloudFrontOperation>> = {
  ...usersOf(policyKinds.cachePolicy, "CachePolicyId", (behavior) => [behavior.cachePolicyId]),
  ...usersOf(policyKinds.originRequestPolicy, "OriginRequestPolicyId", (behavior) => [
    behavior.originRequestPolicyId,
  ]),
  ...usersOf(policyKinds.responseHeadersPolicy, "ResponseHeadersPolicyId", (behavior) => [
    behavior.responseHeadersPolicyId,
  ]),
  // Of the path, the name is another than the operation's.
  ...usersOf(
    policyKinds.keyGroup,
    "KeyGroup",
    (behavior) => behavior.trustedKeyGroupIds ?? [],
    "KeyGroupId",
  ),
  [`GET ${apiPath}/distributionsByWebACLId/{id}`]: {
    name: "ListDistributionsByWebACLId",
    perform: ({ path: { id = "" }, query }, { caller, cloudFront }) => {
      caller.require("cloudfront:ListDistributionsByWebACLId", "*");
      const all = cloudFront
        .declared()
        .filter(({ config }) => (config.webAclArn ?? noWebAcl) === id);
      const page = listPage(all, query);
      return new RestPayload(listXml("DistributionList", namespace, page, distributionSummary));
    },
  },
};

/**
 * @param by what the operation names.
 * @param idsIn what a behavior uses of the kind.
 */
function usersOf<T>(
  { registry, missing }: PolicyKind<T>,
  by: string,
  idsIn: (behavior: CacheBehavior) => readonly (string | undefined)[],
  inPath = by,
): Record<string, CloudFrontOperation> {
  const name = `ListDistributionsBy${by}`;
  const perform = ({ path: { id = "" }, query }: RestCall, context: CloudFrontContext) => {
    const { caller, cloudFront } = context;
    caller.require(`cloudfront:${name}`, "*");
    if (!registry(cloudFront.policies).entry(id)) {
      throw new AwsError(missing.code, missing.message, 404);
    }
    const all = cloudFront
      .declared()
      .filter(({ config: { defaultCacheBehavior, orderedCacheBehaviors } }) =>
        [defaultCacheBehavior, ...orderedCacheBehaviors].some((each) => idsIn(each).includes(id)),
      );
    const ids = markedPageOf("DistributionId", listPage(all, query), ({ id: own }) => own);
    return payload("DistributionIdList", ids);
  };
  return { [`GET ${apiPath}/distributionsBy${inPath}/{id}`]: { name, perform } };
}
