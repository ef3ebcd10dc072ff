import { AwsError } from "../aws-error";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { Authorizer, PolicyDocument, Principal, RequestContext } from "../iam/types";
import type { Account } from "../types";

/** The question whether someone may invoke a function. */
export interface InvocationAuthorization {
  principal: Principal;
  functionArn: string;
  resourcePolicy: PolicyDocument | undefined;
  /** ARN of the resource on whose behalf a service invokes. */
  sourceArn?: string | undefined;
}

/**
 * Checks that the caller may invoke a function: a service by the function's permissions, a role by
 * those or by its own policies.
 *
 * @throws AwsError `AccessDeniedException`.
 */
export function authorizeInvocation(
  request: InvocationAuthorization,
  authorizer: Authorizer,
  account: Account,
): void {
  const { principal, functionArn: resource, resourcePolicy, sourceArn } = request;
  const action = "lambda:InvokeFunction";
  const context: RequestContext =
    principal.kind === "service"
      ? {
          "aws:SourceAccount": account.accountId,
          ...(sourceArn !== undefined && { "aws:SourceArn": sourceArn }),
        }
      : {};
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
