import { AwsError } from "../aws-error";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { Authorizer, PolicyDocument, Principal, RequestContext } from "../iam/types";
import type { Account } from "../types";
import type { FunctionUrlAuthType } from "./urls/function-url-config";

/** The question whether someone may invoke a function. */
export interface InvocationAuthorization {
  principal: Principal;
  functionArn: string;
  resourcePolicy: PolicyDocument | undefined;
  /** ARN of the resource on whose behalf a service invokes. */
  sourceArn?: string | undefined;
  /** How the function's URL checks its callers, where it is the URL that is called. */
  urlAuthType?: FunctionUrlAuthType | undefined;
}

/**
 * Checks that the caller may invoke a function: a service by the function's permissions, a role by
 * those or by its own policies. By a function's URL, two actions have to be allowed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @throws AwsError `AccessDeniedException`.
 */
export function authorizeInvocation(
  request: InvocationAuthorization,
  authorizer: Authorizer,
  account: Account,
): void {
  const { principal, functionArn, sourceArn, urlAuthType } = request;
  const context: RequestContext = {
    ...(principal.kind === "service" && {
      "aws:SourceAccount": account.accountId,
      ...(sourceArn !== undefined && { "aws:SourceArn": sourceArn }),
    }),
  };
  if (urlAuthType !== undefined) {
    const question = {
      ...context,
      "lambda:FunctionArn": functionArn,
      "lambda:FunctionUrlAuthType": urlAuthType,
    };
    requireAllowed("lambda:InvokeFunctionUrl", question, request, authorizer);
  }
  const question = {
    ...context,
    "lambda:InvokedViaFunctionUrl": String(urlAuthType !== undefined),
  };
  requireAllowed("lambda:InvokeFunction", question, request, authorizer);
}

function requireAllowed(
  action: string,
  context: RequestContext,
  { principal, functionArn: resource, resourcePolicy }: InvocationAuthorization,
  authorizer: Authorizer,
): void {
  const question = {
    principal,
    action,
    resource,
    context,
    ...(resourcePolicy !== undefined && { resourcePolicy }),
  };
  const decision = authorizer.authorize(question);
  if (!decision.allowed) {
    throw new AwsError("AccessDeniedException", accessDeniedMessage(question, decision), 403);
  }
}
