import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { restApi } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { ApiGateway } from "./apigateway";
import { viewRoutes } from "./views";

const refusals: Refusals = {
  error: () => new AwsError("ServiceUnavailableException", "Service is unavailable.", 503),
  throttle: () => new AwsError("TooManyRequestsException", "Too Many Requests", 429),
};

/** What shows REST APIs, keys and usage plans. https://docs.aws.amazon.com/apigateway/latest/api/ */
export function apiGatewayApi(access: ApiAccess, gateway: ApiGateway): RequestListener {
  const { account, authorizer, recorder } = access;
  return restApi({
    ...access,
    title: "API Gateway",
    service: "apigateway",
    routes: viewRoutes,
    unsigned: { code: "MissingAuthenticationTokenException", statusCode: 403 },
    refusals,
    // Faults of API Gateway hit requests to its APIs alone.
    faultPoint: faultPoint("apigateway", { recorder }, refusals),
    contextOf: (principal, { headers }) => ({
      account,
      accept: headers.accept ?? "application/json",
      ...gateway.declared(),
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 403 }),
    }),
  });
}
