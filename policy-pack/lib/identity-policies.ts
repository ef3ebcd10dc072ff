import { allowing, type Statement } from "./policy-document";
import type { CheckedResource } from "./resource";
import { at, listOf } from "./values";

/** Types that hold policies of users, groups and roles, whether by themselves or inline. */
export const identityPolicyTypes = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/role:Role",
] as const;

/** The known statements by which the resource grants something. */
export function grantsOf(resource: CheckedResource): Statement[] {
  const inline = listOf(resource.get("inlinePolicies")).map((policy) => at(policy, "policy"));
  return [resource.get("policy"), ...inline].flatMap(allowing);
}
