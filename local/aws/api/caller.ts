import { AwsError } from "../aws-error";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { AuthorizationRequest, Authorizer, Principal } from "../iam/types";

/** Who signed a request, and what they may do. */
export interface Caller {
  principal: Principal;
  /**
   * Passes when the caller may do this.
   *
   * @param action such as `iam:GetRole`.
   * @param resource its ARN, or `*` for actions without resource-level permissions.
   * @param more the resource's policy, why a service asks, if one does, and condition keys of the action's own.
   * @throws AwsError the service's refusal.
   */
  require(
    action: string,
    resource: string,
    more?: Pick<
      AuthorizationRequest,
      "context" | "occasion" | "resourcePolicy" | "resourcePolicyDecides"
    >,
  ): void;
}

/** How a service says that somebody may not do what they asked for. */
export interface Denial {
  code: string;
  statusCode: number;
}

/** The caller of an operation. */
export function callerOf(principal: Principal, authorizer: Authorizer, denial: Denial): Caller {
  return {
    principal,
    require: (action, resource, more = {}) => {
      const decision = authorizer.authorize({
        principal,
        action,
        resource,
        ...more,
        // The endpoint speaks plain HTTP, but stands for the TLS endpoint of the service.
        context: { ...more.context, "aws:SecureTransport": "true" },
      });
      if (!decision.allowed) {
        const message = accessDeniedMessage({ principal, action, resource }, decision);
        throw new AwsError(denial.code, message, denial.statusCode);
      }
    },
  };
}
