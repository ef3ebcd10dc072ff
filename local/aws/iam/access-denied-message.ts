import type { AuthorizationRequest, Decision, Principal } from "./types";

/**
 * The sentence in which AWS's services tell a caller what it may not do. Unlike
 * {@link Decision.explanation}, it names no policy and no statement.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDeniedMessage(
  { principal, action, resource }: Pick<AuthorizationRequest, "principal" | "action" | "resource">,
  { reason, policyType = "identity-based" }: Decision,
): string {
  const because =
    reason === "explicit-deny"
      ? `with an explicit deny in ${policyType === "identity-based" ? "an" : "a"} ${nameOfType(policyType)}`
      : `because no ${nameOfType(policyType)} allows the ${action} action`;
  return `User: ${nameOf(principal)} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}

function nameOfType(policyType: NonNullable<Decision["policyType"]>): string {
  return policyType === "permissions boundary" ? policyType : `${policyType} policy`;
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
