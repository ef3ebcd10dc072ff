import { RestPayload, type RestCall } from "../api/rest-api";
import { globalArn } from "../arn";
import {
  distributionConfigXml,
  distributionSummary,
  distributionXml,
  type DistributionView,
} from "./distribution-xml";
import { etagOf } from "./etag";
import {
  invalidationListXml,
  invalidationXml,
  namespace,
  parseInvalidationBatch,
} from "./invalidation-xml";
import { listXml } from "./list-xml";
import { apiPath, listPage, type CloudFrontContext, type CloudFrontOperation } from "./shown";

const path = `${apiPath}/distribution`;

/** Distributions are made by the program alone; invalidations, by whoever may. */
export const distributionRoutes: Readonly<Record<string, CloudFrontOperation>> = {
  [`GET ${path}`]: {
    name: "ListDistributions",
    perform: ({ query }, { caller, cloudFront }) => {
      caller.require("cloudfront:ListDistributions", "*");
      const page = listPage(cloudFront.declared(), query);
      return new RestPayload(listXml("DistributionList", namespace, page, distributionSummary));
    },
  },
  [`GET ${path}/{id}`]: {
    name: "GetDistribution",
    perform: (call, context) => {
      const found = distributionIn(call, context, "GetDistribution");
      return new RestPayload(distributionXml(found), { etag: etagOf(found.config) });
    },
  },
  [`GET ${path}/{id}/config`]: {
    name: "GetDistributionConfig",
    perform: (call, context) => {
      const found = distributionIn(call, context, "GetDistributionConfig");
      return new RestPayload(distributionConfigXml(found), { etag: etagOf(found.config) });
    },
  },
  [`GET ${path}/{id}/invalidation`]: {
    name: "ListInvalidations",
    perform: (call, context) => {
      const id = allowedId(call, context, "ListInvalidations");
      const page = listPage(context.cloudFront.invalidationsOf(id).all(), call.query);
      return new RestPayload(invalidationListXml(page));
    },
  },
  [`GET ${path}/{id}/invalidation/{invalidation}`]: {
    name: "GetInvalidation",
    perform: (call, context) => {
      const id = allowedId(call, context, "GetInvalidation");
      const { invalidation = "" } = call.path;
      const found = context.cloudFront.invalidationsOf(id).get(invalidation);
      return new RestPayload(invalidationXml(found));
    },
  },
  [`POST ${path}/{id}/invalidation`]: {
    name: "CreateInvalidation",
    statusCode: 201,
    perform: (call, context) => {
      const id = allowedId(call, context, "CreateInvalidation");
      const request = parseInvalidationBatch(call.body.toString("utf8"));
      const invalidation = context.cloudFront.createInvalidation(id, request);
      const location = `https://cloudfront.amazonaws.com${path}/${id}/invalidation/${invalidation.id}`;
      return new RestPayload(invalidationXml(invalidation), { location });
    },
  },
};

/** @throws AwsError `NoSuchDistribution`. */
function distributionIn(
  call: RestCall,
  context: CloudFrontContext,
  name: string,
): DistributionView {
  return context.cloudFront.distribution(allowedId(call, context, name));
}

/** The id in the path, which is not known to exist, for callers who may do this with it. */
function allowedId(
  { path: { id = "" } }: RestCall,
  { account, caller }: CloudFrontContext,
  name: string,
): string {
  caller.require(`cloudfront:${name}`, globalArn(account, "cloudfront", `distribution/${id}`));
  return id;
}
