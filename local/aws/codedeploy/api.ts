import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import { changeOperations } from "./change-operations";
import type { CodeDeploy } from "./codedeploy";
import { deploymentOperations } from "./deployment-operations";
import { groupOperations } from "./group-operations";

const refusals: Refusals = {
  error: () => new AwsError("InternalFailure", "Internal failure", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

const operations = { ...groupOperations, ...changeOperations, ...deploymentOperations };

/** What makes applications and groups, runs deployments, and shows them. https://docs.aws.amazon.com/codedeploy/latest/APIReference/ */
export function codeDeployApi(access: ApiAccess, codeDeploy: CodeDeploy): RequestListener {
  const { account, authorizer } = access;
  return rpcApi({
    ...access,
    title: "CodeDeploy",
    service: "codedeploy",
    target: "CodeDeploy_20141006",
    operations,
    refusals,
    faultPoint: faultPoint("codedeploy", access, refusals),
    contextOf: (principal) => ({
      account,
      codeDeploy,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 400 }),
    }),
  });
}
