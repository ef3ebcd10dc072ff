import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { Budgets } from "./budgets";
import { operations } from "./operations";

const refusals: Refusals = {
  error: () => new AwsError("InternalErrorException", "Internal error", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/** What shows budgets. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Operations_AWS_Budgets.html */
export function budgetsApi(access: ApiAccess, budgets: Budgets): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "Budgets",
    service: "budgets",
    target: "AWSBudgetServiceGateway",
    operations,
    refusals,
    faultPoint: faultPoint("budgets", access, refusals),
    contextOf: (principal) => ({
      account,
      budgets,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
