import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { signingRegionOf } from "../api/called-operation";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import { operations } from "./operations";
import type { Waf } from "./waf";

const refusals: Refusals = {
  error: () => new AwsError("WAFInternalErrorException", "Internal error", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/** What shows web ACLs, of the region that is asked. https://docs.aws.amazon.com/waf/latest/APIReference/ */
export function wafApi(access: ApiAccess, waf: Waf): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "WAF",
    service: "wafv2",
    target: "AWSWAF_20190729",
    operations,
    refusals,
    faultPoint: faultPoint("wafv2", access, refusals),
    contextOf: (principal, request) => ({
      waf,
      account: { ...account, region: signingRegionOf(request) ?? account.region },
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
