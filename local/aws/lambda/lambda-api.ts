import type { IncomingMessage, RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { restApi } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { errorDocument } from "./error-document";
import { faultPoint, type Refusals } from "../fault-point";
import type { CodeDownloads } from "./code-downloads";
import { invokeApi, type Invoker } from "./invoke-api";
import type { FunctionRegistry } from "./registered-function";
import { viewRoutes } from "./views";

const refusals: Refusals = {
  error: () => new AwsError("ServiceException", "An error occurred.", 500),
  throttle: () => new AwsError("TooManyRequestsException", "Rate exceeded", 429),
};

/**
 * Lambda's REST API: Invoke, and what shows functions. All else answers 501.
 * https://docs.aws.amazon.com/lambda/latest/api/
 */
export function lambdaApi(
  access: ApiAccess,
  lambda: FunctionRegistry & Invoker,
  downloads: CodeDownloads,
): RequestListener {
  const { account, authorizer, recorder } = access;
  const invoke = invokeApi(lambda, access);
  const view = restApi({
    ...access,
    title: "Lambda",
    service: "lambda",
    routes: viewRoutes,
    errorDocument,
    unsigned: { code: "MissingAuthenticationTokenException", statusCode: 403 },
    refusals,
    // Faults of Lambda hit invocations alone.
    faultPoint: faultPoint("lambda", { recorder }, refusals),
    contextOf: (principal) => ({
      account,
      lambda,
      downloads,
      caller: callerOf(principal, authorizer, { code: "AccessDeniedException", statusCode: 403 }),
    }),
  });
  return (request, response) => {
    if (downloads.answer(request, response)) {
      return;
    }
    (isInvocation(request) ? invoke : view)(request, response);
  };
}

function isInvocation({ method, url = "" }: IncomingMessage): boolean {
  return method === "POST" && /^\/2015-03-31\/functions\/[^/]+\/invocations(\?|$)/.test(url);
}
