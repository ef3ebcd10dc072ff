import { AwsError } from "../aws-error";
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
  const decision = authorizer.authorize({
    principal,
    action,
    resource,
    context,
    ...(resourcePolicy !== undefined && { resourcePolicy }),
  });
  if (!decision.allowed) {
    throw new AwsError(
      "AccessDeniedException",
      `User: ${nameOf(principal)} is not authorized to perform: ${action} on resource: ${resource} because ${decision.explanation}`,
      403,
    );
  }
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case "role":
    case "root":
      return principal.arn;
    case "service":
      return principal.service;
    case "anonymous":
      return "anonymous";
  }
}
