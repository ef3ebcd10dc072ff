import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { restApi } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import { distributionRoutes } from "./distribution-operations";
import { functionRoutes } from "./function-operations";
import { namespace } from "./invalidation-xml";
import { policyRoutes } from "./policy-operations";
import type { CloudFrontOperation, ShownCloudFront } from "./shown";
import { tagRoutes } from "./tag-operations";
import { userRoutes } from "./user-operations";

const routes: Readonly<Record<string, CloudFrontOperation>> = {
  ...distributionRoutes,
  ...functionRoutes,
  ...policyRoutes,
  ...tagRoutes,
  ...userRoutes,
};

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.values(routes).map(({ name }) => name);

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html */
const refusals: Refusals = {
  error: () => new AwsError("ServiceUnavailable", "Service is unavailable. Please try again.", 503),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};

/** Room for 3,000 long paths. */
const maxBodyBytes = 16 * 1024 * 1024;

/** CloudFront's REST-XML API: invalidations, and what shows all else, signed by SigV4. */
export function cloudfrontApi(access: ApiAccess, cloudFront: ShownCloudFront): RequestListener {
  const { account, authorizer } = access;
  return restApi({
    ...access,
    title: "CloudFront",
    service: "cloudfront",
    routes,
    xml: { namespace, flattened: {} },
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    maxBodyBytes,
    refusals,
    faultPoint: faultPoint("cloudfront", access, refusals),
    contextOf: (principal) => ({
      account,
      cloudFront,
      caller: callerOf(principal, authorizer, { code: "AccessDenied", statusCode: 403 }),
    }),
  });
}
