import { allowing, type Statement } from "./policy-document";
import type { CheckedResource } from "./resource";

/** Types that hold policies of users, groups and roles, whether by themselves or inline. */
export const identityPolicyTypes = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/role:Role",
] as const;

/** The statements by which the resource grants something, as far as they are known. */
export function grantsOf(resource: CheckedResource): Statement[] {
  const inline = resource.blocks("inlinePolicies").map((one) => one.known("policy"));
  return [resource.known("policy"), ...inline].flatMap(allowing);
}
