import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { signingRegionOf } from "../api/called-operation";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { Acm } from "./acm";
import { operations } from "./operations";

const refusals: Refusals = {
  error: () => new AwsError("InternalFailure", "Internal failure", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/**
 * What shows certificates, of the region that is asked. https://docs.aws.amazon.com/acm/latest/APIReference/
 *
 * @param usersOf ARNs of what uses a certificate.
 */
export function acmApi(
  access: ApiAccess,
  acm: Acm,
  usersOf: (certificateArn: string) => readonly string[],
): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "ACM",
    service: "acm",
    target: "CertificateManager",
    operations,
    refusals,
    faultPoint: faultPoint("acm", access, refusals),
    contextOf: (principal, request) => ({
      certificates: acm.inRegion(signingRegionOf(request) ?? account.region),
      usersOf,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
