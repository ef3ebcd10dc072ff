import { type Statement, statementsOf } from "./policy-document";
import type { Block, CheckedResource } from "./resource";

/** Types that hold policies of users, groups and roles, whether by themselves or inline. */
export const identityPolicyTypes = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/role:Role",
] as const;

/** A statement that grants something, or may turn out to, with what holds its policy as `policy`. */
export interface Grant {
  holder: Block;
  statement: Statement;
}

/** What the resource's policies grant, inline ones as well. */
export function grantsOf(resource: CheckedResource): Grant[] {
  return [resource, ...resource.blocks("inlinePolicies")].flatMap((holder) =>
    statementsOf(holder.declared("policy"))
      .filter(({ allows }) => allows !== false)
      .map((statement) => ({ holder, statement })),
  );
}
